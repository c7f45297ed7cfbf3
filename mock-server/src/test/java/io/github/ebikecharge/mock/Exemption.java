package io.github.ebikecharge.mock;

import java.util.List;
import java.util.Optional;

/**
 * What a test may lead to although no document says so.
 *
 * @param testClasses regular expression of simple names of test classes
 * @param fault regular expression that finds it
 * @param reason why
 */
record Exemption(String testClasses, String fault, String reason) {
    private static final List<Exemption> ALL = List.of(
            new Exemption(
                    "TriggerTest|ErrorCatalogueTest|OfficialSdkFaultTest|FailureTableTest",
                    "-> (200|500): answer: (The header Request-ID is missing|The Content-Type null"
                            + "|: (unknown|array) found|/(code|message): null found)",
                    "a fault that damages answers is what the test is about"),
            new Exemption(
                    "TriggerTest",
                    "/v3/certificates -> 403: answer: The status 403 is not documented",
                    "a caller may choose an answer that this call does not have"),
            new Exemption(
                    "TriggerTest",
                    "/confirm -> 400: answer: (The header Request-ID is missing|: required property '(code|message)' not found)",
                    "the mock's own answer to a caller that asked it for an answer that does not exist"),
            new Exemption(
                    "MalformedBodyTest|BodyOfEverySdkTest",
                    "/confirm -> 200: request: not JSON",
                    "the gateway's parser takes more than JSON, as seen"),
            new Exemption(
                    "AssumptionsTest",
                    "answer: The header Request-ID is missing|request: .*property 'foo' is not defined",
                    "an assumption is switched off"),
            new Exemption(
                    "ControlPlaceTest|HealthCommandTest|ServeControlTest",
                    " /_mock/[^ ]* -> 404: answer: The status 404 is not documented",
                    "the control API is off, or on another port: the gateway has no such route"),
            new Exemption(
                    "ControlPlaceTest",
                    " /v3/certificates -> 404: answer: (The header Request-ID is missing|: required property '(code|message)' not found)",
                    "the control API's port has no such route"),
            new Exemption(
                    "RawTargetTest",
                    "-> 413: answer: The status 413 is not documented|-> 400: answer: : unknown found, object expected",
                    "what is in front of the gateway refuses, not the operation"));

    static Optional<Exemption> of(Class<?> testClass, String fault) {
        Class<?> outermost = testClass;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        String name = outermost.getSimpleName();
        return ALL.stream()
                .filter(exemption -> name.matches(exemption.testClasses)
                        && fault.replace('\n', ' ').matches(".*(" + exemption.fault + ").*"))
                .findFirst();
    }
}
