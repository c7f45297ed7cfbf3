package io.github.ebikecharge.api;

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
    private static final String LAST = read("../api/src/openapi-diff/" + CONTRACT);

    @Test
    void breaksNoCallerOfTheLastReleasedContract() {
        assertThat(DocumentCompatibility.fault(CONTRACT, LAST, contract()).orElse(""))
                .isEmpty();
    }

    @Test
    void breaksNoCallerOfTheLastReleasedControlApi() {
        String last = read("../mock-server/src/openapi-diff/mock-control.yaml");
        String now = read("../mock-server/src/main/openapi/mock-control.yaml");

        assertThat(DocumentCompatibility.fault("mock-control.yaml", last, now).orElse(""))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a renamed response field,    'charging_token', 'charge_token',                               charging_token",
        "a request field now required,'[appid, charge_info]', '[appid, sub_mchid, charge_info]',      sub_mchid",
        "a renamed path,              '/confirm:', '/confirmation:',                                  /confirm",
        "a status that is gone,       '        ''202'':', '        ''203'':',                         202",
    })
    void namesWhatBreaksCallers(String change, String text, String with, String named) {
        String fault =
                DocumentCompatibility.fault(CONTRACT, LAST, changed(text, with)).orElse("");

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

        assertThat(DocumentCompatibility.fault(CONTRACT, LAST, now)).isEmpty();
    }

    @Test
    void letsABreakWithARaisedMajorVersionIn() {
        String now = changed("charging_token", "charge_token").replaceFirst("version: 0\\.1\\.0", "version: 1.0.0");

        assertThat(DocumentCompatibility.fault(CONTRACT, LAST, now)).isEmpty();
    }

    private static String changed(String text, String with) {
        assertThat(LAST).contains(text);
        return LAST.replace(text, with);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As it travels in the jar. */
    private static String contract() {
        try (InputStream document =
                DocumentCompatibilityTest.class.getResourceAsStream("/META-INF/openapi/" + CONTRACT)) {
            return new String(document.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
