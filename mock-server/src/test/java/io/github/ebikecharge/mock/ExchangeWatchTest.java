package io.github.ebikecharge.mock;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

/** That the watch over all exchanges can fail. */
class ExchangeWatchTest {
    private static final String TOKEN = "{\"charging_token\":\"" + "x".repeat(20) + "\"}";

    private static WatchedExchange exchange(String method, String target, int status, String answer) {
        return exchange(target, "", status, "application/json", "08F5-0", answer, method, true);
    }

    private static WatchedExchange exchange(
            String target,
            String request,
            int status,
            String contentType,
            String requestId,
            String answer,
            String method,
            boolean isWhole) {
        return new WatchedExchange(
                method,
                target,
                HttpFields.from(),
                request.getBytes(UTF_8),
                status,
                HttpFields.build().put("Content-Type", contentType).put("Request-ID", requestId),
                answer.getBytes(UTF_8),
                isWhole);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| |",
                "\"appid\"| \"app_id\"| required property 'appid' not found",
                "application/json| text/plain| The Content-Type text/plain is not documented",
                "200| 201| The status 201 is not documented",
                "08F5-0| none| The header Request-ID is 'none'",
                "charging_token| token| required property 'charging_token' not found",
                "xx\"}| xx| not JSON",
            })
    void seesWhatIsNotAsDocumented(String from, String to, String fault) {
        String[] exchange = {
            SignedRequest.CONFIRM, SignedRequest.DOCUMENTED_BODY, "200", "application/json", "08F5-0", TOKEN
        };
        for (int i = 0; from != null && i < exchange.length; i++) {
            exchange[i] = exchange[i].replace(from, to);
        }

        List<String> faults = ExchangeWatch.faults(exchange(
                exchange[0],
                exchange[1],
                Integer.parseInt(exchange[2]),
                exchange[3],
                exchange[4],
                exchange[5],
                "POST",
                true));

        if (fault == null) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).anySatisfy(found -> assertThat(found).contains(fault));
        }
    }

    @Test
    void seesWhatIsNoOperationOfTheDocuments() {
        assertThat(ExchangeWatch.faults(exchange("GET", "/_mock/none", 200, "{}")))
                .containsExactly("is no operation of the document");
        assertThat(ExchangeWatch.faults(exchange("GET", "/v3/none", 404, "{}")))
                .containsExactly("is no operation of the document");
        assertThat(ExchangeWatch.faults(exchange("GET", "/v3/none", 404, ""))).isEmpty();
        assertThat(ExchangeWatch.faults(exchange("GET", "/_mock/none", 404, "no such page")))
                .isEmpty();
    }

    @Test
    void holdsAnAnswerThatIsListedInPlaceToItsSchema() {
        assertThat(ExchangeWatch.faults(exchange("PATCH", "/_mock/configuration", 200, "[]")))
                .anySatisfy(fault -> assertThat(fault).startsWith("request: "))
                .anySatisfy(fault -> assertThat(fault).startsWith("answer: "));
    }

    @Test
    void holdsTheRequestAloneWhereTheAnswerWasCutShort() {
        assertThat(ExchangeWatch.faults(
                        exchange(SignedRequest.CONFIRM, "{}", 200, "application/json", "08F5-0", "{", "POST", false)))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).startsWith("request: "));
    }

    @Test
    void exemptsWhatIsListedForThisTestClassAndNothingElse() {
        String fault = "POST " + SignedRequest.CONFIRM + " -> 413: answer: The status 413 is not documented";

        assertThat(Exemption.of(RawTargetTest.class, fault)).isPresent();
        assertThat(Exemption.of(RawTargetTest.class, fault.replace("413", "414")))
                .isEmpty();
        assertThat(Exemption.of(RawTargetTest.class, fault.replace("POST", "GET")))
                .isEmpty();
        assertThat(Exemption.of(ExchangeWatchTest.class, fault)).isEmpty();
    }

    @Test
    void namesAnExemptionThatNothingNeededOnceAllTestsOfItsClassRan() {
        Set<Method> all = Set.of(RawTargetTest.class.getDeclaredMethods());
        Set<Exemption> its = Exemption.ALL.stream()
                .filter(exemption -> exemption.testClass().equals("RawTargetTest"))
                .collect(toSet());
        Exemption one = its.iterator().next();
        Set<Exemption> others = its.stream().filter(each -> !each.equals(one)).collect(toSet());

        assertThat(Exemption.unused(RawTargetTest.class, all, others)).containsExactly(one);
        assertThat(Exemption.unused(RawTargetTest.class, all, its)).isEmpty();
        assertThat(Exemption.unused(RawTargetTest.class, Set.of(), Set.of())).isEmpty();
        assertThat(Exemption.unused(ExchangeWatchTest.class, all, Set.of())).isEmpty();
    }

    @Test
    void takesATestWithParametersForPassedOnlyIfItPassedWithAll() {
        Set<Method> all = Set.of(RawTargetTest.class.getDeclaredMethods());
        Method one = all.iterator().next();

        assertThat(ExchangeWatch.passed(all, Set.of())).isEqualTo(all);
        assertThat(ExchangeWatch.passed(all, Set.of(one))).doesNotContain(one).hasSize(all.size() - 1);
    }

    @Test
    void exemptsNoTestClassThatIsNotThere() throws IOException {
        Set<String> there;
        try (Stream<Path> mock = Files.walk(Path.of("src/test/java"));
                Stream<Path> conformance = Files.walk(Path.of("../conformance-tests/src/test/java"))) {
            there = Stream.concat(mock, conformance)
                    .map(file -> String.valueOf(file.getFileName()))
                    .collect(toSet());
        }

        assertThat(Exemption.ALL).allSatisfy(exemption -> assertThat(there).contains(exemption.testClass() + ".java"));
    }
}
