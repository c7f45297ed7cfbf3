package io.github.ebikecharge.conformance.kit;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever reads of a rule can open where it stands. */
class SourcesTest {
    private static final Path REPOSITORY = Path.of("..");

    static Stream<Check> checks() {
        return Stream.of(
                        Rules.all().stream(),
                        ClientCases.all(false).stream().map(ClientCase::check),
                        RequestChecks.results(new GatewayKeys(), Profile.wechat, List.of()).stream()
                                .map(Result::check))
                .flatMap(check -> check);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void isAnAddressOrSomethingInAFileOfTheRepository(Check check) throws Exception {
        if (check.source().startsWith("https://")) {
            assertThat(URI.create(check.source()).getHost()).contains(".");
            assertThat(check.source()).doesNotContain(" ");
        } else {
            String[] parts = check.source().split(", ", 2);
            assertThat(parts).as(check.source()).hasSize(2);
            assertThat(Files.readAllLines(REPOSITORY.resolve(parts[0]))).contains("    " + parts[1] + ":");
        }
    }
}
