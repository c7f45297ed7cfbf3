package io.github.ebikecharge.mock;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What a test may lead to although no document says so. One that its tests do not lead to any more fails them, too.
 *
 * @param testClass simple name of the test class
 * @param fault a part of it: path, status, what differs
 * @param reason why
 */
record Exemption(String testClass, String fault, String reason) {
    /** All there are. */
    static final List<Exemption> ALL = Stream.of(
                    of(
                            "a fault that damages answers is what the test is about",
                            List.of("TriggerTest", "FailureTableTest", "OfficialSdkFaultTest"),
                            "/confirm -> 200: answer: The Content-Type null is not documented",
                            "/confirm -> 500: answer: : unknown found",
                            "/confirm -> 500: answer: : array found",
                            "/confirm -> 500: answer: /code: null found",
                            "/confirm -> 500: answer: /message: null found"),
                    of(
                            "a fault that takes this header away is among those of the test",
                            List.of("TriggerTest", "FailureTableTest"),
                            "/confirm -> 200: answer: The header Request-ID is missing"),
                    of(
                            "a caller may choose an answer that this call does not have",
                            List.of("TriggerTest"),
                            "/v3/certificates -> 403: answer: The status 403 is not documented"),
                    of(
                            "the mock's own answer to a caller that asked it for an answer that does not exist",
                            List.of("TriggerTest"),
                            "/confirm -> 400: answer: The header Request-ID is missing",
                            "/confirm -> 400: answer: : required property 'code' not found",
                            "/confirm -> 400: answer: : required property 'message' not found"),
                    of(
                            "the gateway's parser takes more than JSON, as seen",
                            List.of("MalformedBodyTest", "BodyOfEverySdkTest"),
                            "/confirm -> 200: request: not JSON"),
                    of(
                            "an assumption is switched off",
                            List.of("AssumptionsTest"),
                            "/confirm -> 200: answer: The header Request-ID is missing",
                            "/confirm -> 401: answer: The header Request-ID is missing",
                            "/confirm -> 200: request: : property 'foo' is not defined"),
                    of(
                            "the control API is off, or on another port: the gateway has no such route",
                            List.of("ControlPlaceTest", "HealthCommandTest"),
                            "GET /_mock/health -> 404: answer: The status 404 is not documented"),
                    of(
                            "the control API is off, or on another port: the gateway has no such route",
                            List.of("ControlPlaceTest", "ServeControlTest"),
                            "GET /_mock/contracts -> 404: answer: The status 404 is not documented"),
                    of(
                            "the control API's port has no such route",
                            List.of("ControlPlaceTest"),
                            "GET /v3/certificates -> 404: answer: The header Request-ID is missing",
                            "GET /v3/certificates -> 404: answer: : required property 'code' not found",
                            "GET /v3/certificates -> 404: answer: : required property 'message' not found"),
                    of(
                            "what is in front of the gateway refuses, not the operation",
                            List.of("BodiesTogetherTest"),
                            "/confirm -> 413: answer: The status 413 is not documented"),
                    of(
                            "what is in front of the gateway refuses, not the operation",
                            List.of("RawTargetTest", "SlowRequestTest"),
                            "POST /v3/ebike/charge/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx/confirm"
                                    + " -> 413: answer: The status 413 is not documented",
                            "POST /v3/ebike/charge/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx/confirm"
                                    + " -> 400: answer: : unknown found, object expected"),
                    of(
                            "what is in front of the gateway waits no longer",
                            List.of("SlowRequestTest"),
                            "/confirm -> 408: answer: The status 408 is not documented"))
            .flatMap(exemptions -> exemptions)
            .toList();

    private static Stream<Exemption> of(String reason, List<String> testClasses, String... faults) {
        return testClasses.stream()
                .flatMap(testClass -> Stream.of(faults).map(fault -> new Exemption(testClass, fault, reason)));
    }

    static Optional<Exemption> of(Class<?> testClass, String fault) {
        Class<?> outermost = testClass;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        String name = outermost.getSimpleName();
        return ALL.stream()
                .filter(exemption -> exemption.testClass.equals(name) && fault.contains(exemption.fault))
                .findFirst();
    }

    /**
     * Those of a test class that nothing needed, if every test of it has run.
     *
     * @param ran the tests that have
     */
    static List<Exemption> unused(Class<?> testClass, Set<Method> ran, Set<Exemption> used) {
        List<Method> tests =
                AnnotationSupport.findAnnotatedMethods(testClass, Testable.class, HierarchyTraversalMode.TOP_DOWN);
        return ALL.stream()
                .filter(exemption -> exemption.testClass.equals(testClass.getSimpleName()) && ran.containsAll(tests))
                .filter(exemption -> !used.contains(exemption))
                .toList();
    }
}
