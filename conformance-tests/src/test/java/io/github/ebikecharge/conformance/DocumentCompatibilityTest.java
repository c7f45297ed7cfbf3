package io.github.ebikecharge.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** No caller of the last released documents is broken, unless the major version says so. */
class DocumentCompatibilityTest {
    private static final String CONTRACT = "ebike-charge.yaml";
    private static final String BEFORE = onClassPath(CONTRACT);

    @ParameterizedTest
    @CsvSource({"api, ebike-charge.yaml", "mock-server, mock-control.yaml"})
    void breaksNoCallerOfTheLastReleasedDocument(String module, String file) throws IOException {
        String last = Files.readString(Path.of("..", module, "src", "openapi-diff", file));
        String now = onClassPath(file);

        assertThat(DocumentCompatibility.fault(file, last, now).orElse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a renamed response field,    'charging_token', 'charge_token',                               charging_token",
        "a request field now required,'[appid, charge_info]', '[appid, sub_mchid, charge_info]',      sub_mchid",
        "a renamed path,              '/confirm:', '/confirmation:',                                  /confirm",
        "a status that is gone,       '        ''202'':', '        ''203'':',                         202",
    })
    void namesWhatBreaksCallers(String change, String text, String with, String named) {
        String fault = DocumentCompatibility.fault(CONTRACT, BEFORE, changed(text, with))
                .orElse("");

        assertThat(fault).as(change).contains(CONTRACT, named, "info.version");
    }

    @Test
    void letsAnOptionalRequestFieldIn() {
        String now = changed("""
                        sub_appid:
                """, """
                        charging_mode:
                          description: How the session is charged
                          type: string
                          example: fast
                        sub_appid:
                """);

        assertThat(DocumentCompatibility.fault(CONTRACT, BEFORE, now)).isEmpty();
    }

    @Test
    void letsABreakWithARaisedMajorVersionIn() {
        String now = changed("charging_token", "charge_token").replaceFirst("version: 0\\.1\\.0", "version: 1.0.0");

        assertThat(DocumentCompatibility.fault(CONTRACT, BEFORE, now)).isEmpty();
    }

    private static String changed(String text, String with) {
        assertThat(BEFORE).contains(text);
        return BEFORE.replace(text, with);
    }

    /** As it travels in the jar of its module. */
    private static String onClassPath(String file) {
        try (InputStream document = DocumentCompatibilityTest.class.getResourceAsStream("/META-INF/openapi/" + file)) {
            return new String(document.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
