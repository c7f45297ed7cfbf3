package io.github.ebikecharge.conformance.drift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every drift of the list is caught by what the list says. Run with {@code mvn -Pdrift package}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DriftSuite {
    private static final List<String> TABLE = new ArrayList<>();

    @TempDir
    private Path directory;

    static List<String> catchers() {
        return Drift.all().stream()
                .map(drift -> Catcher.test(drift.caughtBy()))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("catchers")
    @Order(1)
    void passesWithoutDrift(String test) throws IOException {
        try (Overlay overlay = Overlay.withoutDrift()) {
            assertThat(Catcher.complaints(test, overlay)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.ebikecharge.conformance.drift.Drift#all")
    @Order(2)
    void isCaught(Drift drift) throws IOException {
        try (Overlay overlay = Overlay.of(drift, directory)) {
            boolean caught = !Catcher.complaints(drift.caughtBy(), overlay).isEmpty();
            TABLE.add("| %s | %s | %s |"
                    .formatted(drift.name(), drift.file(), caught ? drift.caughtBy() : "**nothing**"));
            assertThat(caught)
                    .as("""
                        "%s" in %s would go unnoticed: %s passes all the same. Name what catches it in drifts.yaml, or \
                        write the test that is missing.""", drift.name(), drift.file(), drift.caughtBy())
                    .isTrue();
        }
    }

    @AfterAll
    static void printTable() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| drift | in | caught by |", "|---|---|---|"));
        lines.addAll(TABLE);
        String table = String.join("\n", lines);
        Files.writeString(Path.of("target", "drifts.md"), table + "\n");
        System.out.println(table);
    }
}
