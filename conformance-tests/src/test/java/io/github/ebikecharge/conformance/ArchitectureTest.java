package io.github.ebikecharge.conformance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Who may know whom. */
@AnalyzeClasses(
        packages = "io.github.ebikecharge",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    /** What watches exchanges comes to the tests of other modules in jars. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String API = "io.github.ebikecharge.api..";
    private static final String CLIENT = "io.github.ebikecharge.client..";
    private static final List<String> MODULES = List.of("api", "client", "mock-server", "conformance-tests");
    private static final String MOCK = "io.github.ebikecharge.mock..";

    @ArchTest
    static final ArchRule API_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENT, MOCK, "okhttp3..", "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
            .because("the contract travels with every client and every server, and fits any HTTP library");

    @ArchTest
    static final ArchRule ONLY_THE_CONTRACT_CALLS_CONSTRUCTORS_OF_ITS_RECORDS = noClasses()
            .that()
            .resideOutsideOfPackage(API)
            .should()
            .callConstructorWhere(describe(
                    "the record is one of the contract",
                    call -> call.getTargetOwner().getPackageName().equals("io.github.ebikecharge.api.model")
                            && call.getTargetOwner().isRecord()))
            .because("they grow with the document, and another version of the contract may be on the class path");

    @ArchTest
    static final ArchRule CLIENT_DOES_NOT_KNOW_THE_MOCK = noClasses()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(MOCK)
            .because("services ship the client; the mock stays on the desk");

    @ArchTest
    static final ArchRule KIT_KNOWS_ONLY_THE_CONTRACT = noClasses()
            .that()
            .resideInAPackage("io.github.ebikecharge.conformance.kit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENT, MOCK, "okhttp3..", "io.javalin..", "org.eclipse.jetty..")
            .because("it holds any server to the protocol, and must not share a mistake with ours");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_CLIENT_AND_OPTIONS = noClasses()
            .that()
            .resideInAPackage(MOCK)
            .and()
            .resideOutsideOfPackage("io.github.ebikecharge.mock.cli..")
            .and()
            .doNotHaveFullyQualifiedName("io.github.ebikecharge.mock.junit.ReadyClient") // loaded on demand
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENT, "okhttp3..", "org.apache.commons.cli..")
            .because("a test that embeds the mock inherits neither");

    @ArchTest
    static final ArchRule ONLY_THE_EXTENSION_KNOWS_JUNIT = noClasses()
            .that()
            .resideInAPackage(MOCK)
            .and()
            .resideOutsideOfPackage("io.github.ebikecharge.mock.junit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "io.github.ebikecharge.mock.junit..")
            .because("the mock runs in any test framework, and in none");

    @ArchTest
    static final ArchRule GATEWAY_KNOWS_NEITHER_THE_SERVICE_NOR_ITS_CONTROL = noClasses()
            .that()
            .resideInAPackage("io.github.ebikecharge.mock.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.ebikecharge.mock.charge..",
                    "io.github.ebikecharge.mock.world..",
                    "io.github.ebikecharge.mock.control..",
                    "io.github.ebikecharge.mock.demo..",
                    "io.github.ebikecharge.mock.explain..",
                    "io.github.ebikecharge.mock.scenario..")
            .because("the gateway stands in front of any service, and behaves the same whoever watches");

    @ArchTest
    static final ArchRule SERVICE_DOES_NOT_KNOW_ITS_CONTROL = noClasses()
            .that()
            .resideInAPackage("io.github.ebikecharge.mock.charge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.github.ebikecharge.mock.control..", "io.github.ebikecharge.mock.explain..")
            .because("the world behaves the same whoever watches");

    @ArchTest
    static final ArchRule WORLD_KNOWS_NO_SERVER = noClasses()
            .that()
            .resideInAPackage("io.github.ebikecharge.mock.world..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.ebikecharge.mock",
                    "io.github.ebikecharge.mock.charge..",
                    "io.github.ebikecharge.mock.control..",
                    "io.github.ebikecharge.mock.explain..",
                    "io.github.ebikecharge.mock.gateway..",
                    "io.javalin..",
                    "org.eclipse.jetty..",
                    "jakarta.servlet..")
            .because("contracts, tokens and notices can be kept anywhere, and change by events alone");

    @ArchTest
    static final ArchRule ONLY_STORES_KNOW_THEIR_ENGINES = noClasses()
            .that()
            .resideInAPackage(MOCK)
            .and()
            .resideOutsideOfPackage("io.github.ebikecharge.mock.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.h2..", "io.lettuce..", "io.netty..")
            .because("a mock that keeps everything in memory runs without them");

    @ArchTest
    static final ArchRule EXPLANATIONS_KNOW_ONLY_THE_WIRE = classes()
            .that()
            .resideInAPackage("io.github.ebikecharge.mock.explain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.ebikecharge.mock.explain..",
                    "io.github.ebikecharge.api.wire..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..",
                    "java..")
            .because("a failed signature can be explained wherever a request was kept");

    @ArchTest
    static final ArchRule GENERATED_CODE_STAYS_GENERATED = classes()
            .that()
            .resideInAnyPackage(
                    "..generated..", "io.github.ebikecharge.api.model..", "io.github.ebikecharge.mock.model..")
            .should(beGenerated())
            .because("a change of the contract is a change of the document");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests set the clock, and so does whoever tries a skewed one");

    @ArchTest
    static final ArchRule CLIENT_HIDES_ITS_HTTP_LIBRARY = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.github.ebikecharge.client")
            .and()
            .arePublic()
            .should(mentionNoHttpLibrary())
            .because("callers must not break when the HTTP library changes");

    private static ArchCondition<JavaClass> beGenerated() {
        return new ArchCondition<>("come out of the build folder's generated sources") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String path = type.getFullName().replace('.', '/').replaceFirst("\\$.*", "") + ".java";
                boolean handWritten = MODULES.stream()
                        .anyMatch(module -> Files.exists(Path.of("..", module, "src", "main", "java", path)));
                events.add(new SimpleConditionEvent(type, !handWritten, type.getFullName() + " is hand-written"));
            }
        };
    }

    private static ArchCondition<JavaMethod> mentionNoHttpLibrary() {
        return new ArchCondition<>("mention no type of the HTTP library") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean mentions = Stream.concat(
                                Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .anyMatch(type -> type.getPackageName().startsWith("okhttp3"));
                events.add(new SimpleConditionEvent(method, !mentions, method.getFullName() + " mentions OkHttp"));
            }
        };
    }
}
