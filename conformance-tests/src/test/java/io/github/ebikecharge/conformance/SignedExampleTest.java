package io.github.ebikecharge.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
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
}
