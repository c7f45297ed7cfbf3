package io.github.ebikecharge.mock.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The command line, as a person meets it: what it prints, where, and its exit status. */
class MainTest {
    static Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
        return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** What a command left behind. */
    record Outcome(int status, String out, String err) {
        void assertFailed(int expectedStatus, String says) {
            assertThat(status).as(toString()).isEqualTo(expectedStatus);
            assertThat(out + err).contains(says).doesNotContain("\tat ", "NullPointer");
        }
    }

    @Test
    void explainsItself() {
        Outcome outcome = run("--help");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("Usage: ebike-charge-mock-server", "serve", "confirm", "export-credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "confirm", "export-credentials", "sign", "explain"})
    void explainsEachCommand(String command) {
        Outcome outcome = run(command, "--help");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("Usage: ebike-charge-mock-server " + command);
    }

    @Test
    void tellsItsVersionAndThatOfJava() {
        Outcome outcome = run("--version");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out())
                .startsWith("ebike-charge-mock-server ")
                .contains("Java " + Runtime.version(), "RSA by ", "SM2 by Bouncy Castle");
    }

    @ParameterizedTest
    @CsvSource({
        "--prot, --prot",
        "--port=http, --port",
        "--port=65536, --port",
        "--port=-1, --port",
        "serve --port, --port",
        "--port=1 --port=2, --port",
        "serve --state=there --store=redis://localhost, --store",
        "serve --set=unsigned, --set",
        "serve --control=perhaps, --control",
        "serve twice, not 1",
        "serve --tls=yes, --tls takes no value",
        "serve --nonce -x, --nonce",
        "confirm --backup-base-url=http://^, --backup-base-url",
        "explain --at=noon, --at",
        "sign --timestamp=now, --timestamp",
        "confirm --retry=always, --retry",
        "serve --scenarios=missing.yaml, missing.yaml",
        "serve --unsigned=perhaps, unsigned",
        "confirm --base-url=localhost:8080, --base-url",
        "confirm --base-url=ftp://localhost, --base-url",
        "confirm --base-url=http://, --base-url",
        "confirm --credentials, --credentials",
        "export-credentials, DIR",
        "confrim, confrim"
    })
    void namesTheOptionThatItDoesNotUnderstand(String line, String option) {
        run(line.split(" ")).assertFailed(2, option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--control-tokn=s3cret",
                "serve redis://:s3cret@here",
                "--control-token -tls9s3cret",
                "--tls=s3cret"
            })
    void repeatsNoValueThatMayBeASecret(String line) {
        Outcome outcome = run(line.split(" "));

        outcome.assertFailed(2, "");
        assertThat(outcome.out() + outcome.err()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --port 0", "--port 0", "--port=0 --host=127.0.0.1"})
    void servesAndSaysWhere(String line) throws Exception {
        Outcome outcome = run(line.split(" "));

        assertThat(outcome.status()).isZero();
        Matcher listening =
                Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)\\R").matcher(outcome.out());
        assertThat(listening.matches()).as(outcome.out()).isTrue();
        URI health = URI.create(listening.group(1) + "/_mock/health");
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                        .body())
                .startsWith("{\"status\":\"UP\"");
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            run("serve", "--port", port).assertFailed(2, "127.0.0.1:" + port + ": the port is taken");
        }
    }
}
