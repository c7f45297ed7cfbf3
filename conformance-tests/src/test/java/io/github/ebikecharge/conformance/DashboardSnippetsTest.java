package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.mock.cli.Main;
import io.github.ebikecharge.mock.model.RequestDetail;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The snippets on the mock's page do as they stand there what they say, with the first signed example. Go and PHP are marked there
 * as not run.
 */
@Timeout(120)
class DashboardSnippetsTest extends DashboardPage {
    private static final SignedExample EXAMPLE = SignedExample.all().findFirst().orElseThrow();

    private static final String TOKEN = "[0-9A-Za-z]{20}";

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @ParameterizedTest
    @CsvSource({"curl,sh", "node,node --input-type=module", "python,python3"})
    void getAToken(String name, String program) throws Exception {
        assertThat(run(List.of(program.split(" ", -1)), snippet(name)))
                .matches("\\{\"charging_token\":\"%s\"}".formatted(TOKEN));
        assertTheExampleCame();
    }

    @Test
    void getATokenWithTheRunnableJarAsASigner() throws Exception {
        String snippet = snippet("helper");
        String signer = java(Main.class.getName()).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        assertThat(snippet).startsWith("java -jar ebike-charge-mock-server.jar sign ");

        assertThat(run(List.of("sh"), snippet.replaceFirst("java -jar \\S+", Matcher.quoteReplacement(signer))))
                .contains("{\"charging_token\":\"");
        assertTheExampleCame();
    }

    @Test
    void getATokenInJava() throws Exception {
        exportCredentials();
        Path source = Files.writeString(directory.resolve("Snippet.java"), """
                import io.github.ebikecharge.api.model.*;
                import io.github.ebikecharge.api.wire.*;
                import io.github.ebikecharge.client.*;
                import java.net.URI;
                import java.nio.file.*;
                import java.time.*;
                public class Snippet {
                    public static void main(String[] arguments) throws Exception {
                %s
                        System.out.println(token);
                    }
                }
                """.formatted(
                        snippet("java").replace("\"credentials/", "\"" + directory + "/credentials/")));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", CLASS_PATH, "-d", directory.toString(), source.toString());
        assertThat(compiled).isZero();

        assertThat(run(java("Snippet"), "")).matches("(?s).*\\b" + TOKEN);
        assertTheExampleCame();
    }

    @Test
    void checkASignerAgainstTheExample() throws Exception {
        exportCredentials();
        String snippet = snippet("signer");
        browser.screenshot("signer");
        assertThat(snippet).contains(EXAMPLE.request().message());

        assertThat(outputOf(snippet)).isEqualTo("same\n");
        assertThat(outputOf(snippet.replace("\n1795507200\n", "\n1795507201\n")))
                .isEqualTo("differs\n");
        Files.writeString(
                directory.resolve("credentials/apiclient_key.pem"),
                Pem.write(Keys.rsa().getPrivate()));
        assertThat(outputOf(snippet)).isEqualTo("differs\n");
    }

    private String outputOf(String script) throws Exception {
        return PageScripts.run("openssl", script, directory).out();
    }

    @Test
    void theButtonSendsTheExampleOfADeviceOfItsOwn() throws Exception {
        visit("requests");

        browser.click("[data-key=send-right]");

        RequestDetail sent = wechatPay.takeRequest(Duration.ofSeconds(20)).orElseThrow();
        ObjectNode body = body(sent.requestBody());
        ObjectNode charge = (ObjectNode) body.get("charge_info");
        assertThat(charge.get("device_id").textValue()).matches("[0-9]{13}");
        charge.set("device_id", body(EXAMPLE.request().body()).at("/charge_info/device_id"));
        assertThat(sent.summary().target()).isEqualTo(EXAMPLE.request().target());
        assertThat(body).isEqualTo(body(EXAMPLE.request().body()));
    }

    /** Written in another way, perhaps: not every language leaves the same spaces. */
    private void assertTheExampleCame() throws Exception {
        RequestDetail came = wechatPay.takeRequest(Duration.ofSeconds(20)).orElseThrow();

        assertThat(came.summary().target()).isEqualTo(EXAMPLE.request().target());
        assertThat(body(came.requestBody())).isEqualTo(body(EXAMPLE.request().body()));
    }

    private static ObjectNode body(String json) throws Exception {
        return (ObjectNode) SignedExample.MAPPER.readTree(json);
    }

    private void exportCredentials() throws Exception {
        assertThat(run(java(Main.class.getName(), "export-credentials", directory + "/credentials"), ""))
                .contains("credentials");
    }

    private List<String> java(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(Stream.of(java, "-cp", directory + File.pathSeparator + CLASS_PATH), Stream.of(arguments))
                .toList();
    }

    private String snippet(String name) {
        visit("connect");
        browser.click("[data-key=snippet-" + name + "]");
        return browser.shown("#snippet").getText() + "\n";
    }

    private String run(List<String> command, String input) throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try (PrintWriter writer = new PrintWriter(process.outputWriter())) {
            writer.print(input);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out).strip();
    }
}
