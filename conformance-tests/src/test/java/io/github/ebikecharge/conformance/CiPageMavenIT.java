package io.github.ebikecharge.conformance;

import com.sun.net.httpserver.HttpServer;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The page's blocks of XML and Java, word for word, in a Maven project that has nothing but what is published. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CiPageMavenIT {
    private static final Path PAGE = Path.of("CI.md");
    private static final String EXEC = "org/codehaus/mojo/exec-maven-plugin/3.6.4/exec-maven-plugin-3.6.4.jar";

    @TempDir
    private Path directory;

    private ScratchMaven maven;

    @BeforeEach
    void prepare() throws Exception {
        maven = new ScratchMaven(directory);
        String export = "java -jar ebike-charge/ebike-charge-mock-server-runnable.jar export-credentials credentials";
        assertThat(PageScripts.run("java", export, directory).status()).isZero();
    }

    private static String block(String language, String start) throws IOException {
        return PageScripts.blocks(PAGE, language).stream()
                .filter(block -> block.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    /** A server that says the same to everything, and signs nothing. */
    private static HttpServer unsigned() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void everyBlockOfXmlAndJavaIsRunHere() throws IOException {
        assertThat(PageScripts.blocks(PAGE, "xml"))
                .isEqualTo(List.of(block("xml", "<plugin>"), block("xml", "<dependencies>")));
        assertThat(PageScripts.blocks(PAGE, "java")).hasSize(1);
    }

    private PageScripts.Run hold(int port) throws IOException, InterruptedException {
        String plugin = block("xml", "<plugin>");
        assertThat(plugin).contains("127.0.0.1:8080", "<version>3.6.4</version>");
        maven.pom("pom", "", plugin.replace("127.0.0.1:8080", "127.0.0.1:" + port));
        return maven.run("integration-test", EXEC);
    }

    @Test
    void holdsAServerToTheProtocol() throws Exception {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            PageScripts.Run run = hold(mock.baseUrl().getPort());

            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains(" 0 deviating");
            assertThat(directory.resolve("target/wechat-pay/junit.xml"))
                    .content()
                    .contains("failures=\"0\"");
        }
    }

    @Test
    void failsTheBuildOfAServerThatDeviates() throws Exception {
        HttpServer server = unsigned();
        try {
            PageScripts.Run run = hold(server.getAddress().getPort());

            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out()).contains("✗ signing.right").contains("BUILD FAILURE");
        } finally {
            server.stop(0);
        }
    }

    private PageScripts.Run verify(int port) throws IOException, InterruptedException {
        String test = block("java", "import ");
        assertThat(test).contains("\"127.0.0.1\", 8080");
        Path source =
                Files.createDirectories(directory.resolve("src/test/java")).resolve("WechatPayPactTest.java");
        Files.writeString(source, test.replace("8080", Integer.toString(port)));
        Path pacts = Files.createDirectories(directory.resolve("ebike-charge/contract/pacts"));
        String pact = "ebike-charge-client-wechatpay-ebike-charge.json";
        Files.copy(Path.of("target/pacts", pact), pacts.resolve(pact));
        maven.pom("jar", block("xml", "<dependencies>"), "");
        return maven.run("test", "au/com/dius/pact/provider/junit5/4.7.5/junit5-4.7.5.jar");
    }

    @Test
    void verifiesAServerAgainstThePacts() throws Exception {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            PageScripts.Run run = verify(mock.baseUrl().getPort());

            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out())
                    .contains("Tests run: %d, Failures: 0, Errors: 0, Skipped: 0"
                            .formatted(SignedExample.ofTheClient().count()));
        }
    }

    @Test
    void failsTheTestOfAServerThatBreaksThePacts() throws Exception {
        HttpServer server = unsigned();
        try {
            PageScripts.Run run = verify(server.getAddress().getPort());

            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out()).contains("expected status of 200 but was 204");
        } finally {
            server.stop(0);
        }
    }
}
