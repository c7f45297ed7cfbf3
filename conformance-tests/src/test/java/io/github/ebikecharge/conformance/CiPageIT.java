package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/** What the page for other repositories promises: the published files are as it says, and its scripts do what it says. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CiPageIT {
    private static final Path PAGE = Path.of("CI.md");
    private static final Path PACT = Path.of("target/pacts/ebike-charge-client-wechatpay-ebike-charge.json");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @TempDir
    private Path directory;

    @BeforeEach
    void take() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(artifact());
                Stream<Path> entries = Files.walk(zip.getPath("/"))) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                Path file = directory.resolve("ebike-charge/contract" + entry);
                Files.createDirectories(file.getParent());
                Files.copy(entry, file);
            }
        }
    }

    private static Path artifact() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), "*-contract.zip")) {
            return found.iterator().next();
        }
    }

    private Path contract(String name) {
        return directory.resolve("ebike-charge/contract").resolve(name);
    }

    private static Set<String> rows(String heading) throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf(heading)).split("\n\n", 2)[0];
        return ROW.matcher(table).results().map(row -> row.group(1)).collect(toCollection(TreeSet::new));
    }

    private static String script(String words) throws IOException {
        return PageScripts.block(PAGE, words);
    }

    @Test
    void theArtifactHoldsWhatThePageLists() throws IOException {
        Path contract = contract("");
        try (Stream<Path> files = Files.walk(contract)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> contract.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(rows("| file in `contract` |"));
        }
    }

    @Test
    void itsFilesAreThoseOfThisBuild() throws IOException {
        assertThat(contract("pacts/" + PACT.getFileName())).hasSameBinaryContentAs(PACT);
        assertThat(contract("signed-examples.json"))
                .hasSameBinaryContentAs(Path.of("../api/src/main/resources", SignedExample.RESOURCE));
        assertThat(contract("ebike-charge.yaml"))
                .hasSameBinaryContentAs(Path.of("../api/src/main/openapi/ebike-charge.yaml"));
    }

    @Test
    void theProviderStatesAreThoseOfThePact() throws IOException {
        Set<String> states = new JsonMapper()
                .readTree(Files.readString(PACT))
                .path("interactions")
                .valueStream()
                .flatMap(interaction -> interaction.path("providerStates").valueStream())
                .map(state -> state.path("name").textValue())
                .collect(toCollection(TreeSet::new));

        assertThat(rows("| provider state |")).isEqualTo(states);
    }

    @Test
    void everyYamlBlockIsYamlAndItsProgramsAreThoseOfTheScripts() throws IOException {
        List<String> scripts = PageScripts.blocks(PAGE, "sh");
        List<JsonNode> blocks =
                PageScripts.blocks(PAGE, "yaml").stream().map(CiPageIT::yaml).toList();

        assertThat(blocks).hasSize(4).allMatch(JsonNode::isObject);
        assertThat(blocks.stream()
                        .flatMap(block -> Stream.concat(
                                block.findValuesAsText("run").stream(),
                                block.at("/wechat-pay/script").valueStream().map(JsonNode::asText)))
                        .filter(command -> command.contains("java ")))
                .hasSize(2)
                .allSatisfy(command -> assertThat(scripts).contains(command));
    }

    private static JsonNode yaml(String block) {
        try {
            return new YAMLMapper().readTree(block);
        } catch (IOException e) {
            throw new UncheckedIOException(block, e);
        }
    }

    @Test
    void verifiesTheSignedExamplesInNode() throws Exception {
        PageScripts.Run run = PageScripts.runStrictly("node", script("node "), directory);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        "%d examples verify as they say%n", SignedExample.all().count());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"target\" : \"/v3/ebike/`, `\"target\" : \"/v3/EBIKE/`, the request",
                "`\"body\" : \"{\\\"charging_token\\\":\\\"s`, `\"body\" : \"{\\\"charging_token\\\":\\\"S`, the answer"
            })
    void noticesAChangedExampleInNode(String text, String change, String complaint) throws Exception {
        Path examples = contract("signed-examples.json");
        Files.writeString(examples, Files.readString(examples).replace(text, change));

        PageScripts.Run run = PageScripts.runStrictly("node", script("node "), directory);

        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("confirmed: " + complaint);
    }

    @Test
    void holdsAServerToTheProtocol() throws Exception {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            String export =
                    "java -jar ebike-charge/ebike-charge-mock-server-runnable.jar export-credentials credentials";
            assertThat(PageScripts.runStrictly("java", export, directory).status())
                    .isZero();

            PageScripts.Run run = PageScripts.runStrictly(
                    "java",
                    script("--target")
                            .replace("http://127.0.0.1:8080", mock.baseUrl().toString()),
                    directory);

            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("✓ certificates.decrypts");
            assertThat(directory.resolve("report/junit.xml")).content().contains("<testsuite");
            assertThat(directory.resolve("report/report.html")).isNotEmptyFile();
        }
    }

    @Test
    void startsTheMockForTests() throws Exception {
        Files.writeString(directory.resolve("your-tests"), "#!/bin/sh\ncat health.json; exit 3\n");
        assertThat(directory.resolve("your-tests").toFile().setExecutable(true)).isTrue();

        PageScripts.Run run = PageScripts.runStrictly(
                "curl", script("./your-tests").replace("8080", PageScripts.freePort()), directory);

        assertThat(run.status()).as(run.err()).isEqualTo(3);
        assertThat(run.out()).contains("\"status\":");
        assertThat(directory.resolve("credentials/pub_key.pem")).isNotEmptyFile();
    }
}
