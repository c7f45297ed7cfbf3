package io.github.ebikecharge.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The signed examples are what the mock answers, and what the demo keys sign, today. With {@code -Dgolden.write=true}
 * the file is made anew first.
 */
class SignedExampleTest {
    private static final Path FILE = Path.of("../api/src/main/resources", SignedExample.RESOURCE);

    @Test
    void theFileIsWhatMockAndDemoKeysMake() throws Exception {
        String made =
                SignedExample.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(SignedExampleMaker.make())
                        + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, made);
        }

        assertThat(Files.readString(FILE)).isEqualToNormalizingNewlines(made);
    }

    @Test
    void theReadmeShowsTheFirstOfThem() throws IOException {
        assertThat(PageScripts.blocks(Path.of("../README.md"), "http"))
                .containsExactly(onTheWire(SignedExample.all().findFirst().orElseThrow()));
    }

    private static String onTheWire(SignedExample example) {
        SignedExample.Request request = example.request();
        SignedExample.Answer answer = example.answer();
        return "%s %s HTTP/1.1\n%s\n%s\n\nHTTP/1.1 %d\n%s\n%s\n"
                .formatted(
                        request.method(),
                        request.target(),
                        lines(request.headers()),
                        request.body(),
                        answer.status(),
                        lines(answer.headers()),
                        answer.body());
    }

    private static String lines(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
