package io.github.ebikecharge.mock.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Where the control API is put on the command line. */
class ServeControlTest {
    private static final Pattern GATEWAY = Pattern.compile("listening on http://[0-9.]+:(\\d+)\\R");
    private static final Pattern CONTROL = Pattern.compile("control API on http://127\\.0\\.0\\.1:(\\d+)/_mock\\R");
    private static final Pattern TOKEN = Pattern.compile("control token: ([0-9a-f]{32})\\R");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }

    private String printed(Pattern pattern) {
        Matcher matcher = pattern.matcher(out.toString(UTF_8));
        assertThat(matcher.find()).as(out.toString(UTF_8)).isTrue();
        return matcher.group(1);
    }

    private static int status(String port, String token) throws Exception {
        URI contracts = URI.create("http://127.0.0.1:" + port + "/_mock/contracts");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(contracts)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void isPutOnAPortOfItsOwn() throws Exception {
        assertThat(run("serve", "--port", "0", "--control-port", "0")).isZero();

        assertThat(status(printed(CONTROL), "")).isEqualTo(200);
        assertThat(status(printed(GATEWAY), "")).isEqualTo(404);
        assertThat(out.toString(UTF_8)).doesNotContain("token");
    }

    @Test
    void isSwitchedOff() throws Exception {
        assertThat(run("serve", "--port", "0", "--control", "off")).isZero();

        assertThat(status(printed(GATEWAY), "")).isEqualTo(404);
    }

    @Test
    void printsTheTokenThatOtherMachinesNeed() throws Exception {
        assertThat(run("serve", "--port", "0", "--host", "0.0.0.0")).isZero();

        assertThat(status(printed(GATEWAY), printed(TOKEN))).isEqualTo(200);
        assertThat(status(printed(GATEWAY), "")).isEqualTo(401);
    }

    @Test
    void takesATokenAndPrintsItNowhere() throws Exception {
        assertThat(run("serve", "--port", "0", "--control-token", "our-secret")).isZero();

        assertThat(status(printed(GATEWAY), "our-secret")).isEqualTo(200);
        assertThat(status(printed(GATEWAY), "another")).isEqualTo(401);
        assertThat(out.toString(UTF_8) + err).doesNotContain("our-secret");
    }

    @Test
    void answersToTheNamesThatAreGiven() throws Exception {
        assertThat(run("serve", "--port", "0", "--control-host", "localhost.test", "--control-host", "mock"))
                .isZero();
        String port = printed(GATEWAY);

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
            socket.getOutputStream()
                    .write("GET /_mock/contracts HTTP/1.1\r\nHost: mock:8080\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void leavesConfirmWithoutCredentialsAndSaysWhatToGive() {
        assertThat(run("serve", "--port", "0", "--control-token", "our-secret")).isZero();

        assertThat(run("confirm", "--base-url", "http://127.0.0.1:" + printed(GATEWAY)))
                .isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("answered 401", "wants a token", "--credentials");
    }

    @ParameterizedTest
    @CsvSource({
        "--control=perhaps, --control",
        "--control-port=65536, --control-port takes 0 to 65535",
        "--control-port=x, --control-port",
        "--control-token=, --control-host: A control token has visible ASCII",
        "--control-host=http://mock, --control-host: A control host is a name alone",
        "--control=off --control-host=mock, --control off leaves nothing",
        "--control=off --control-port=0, --control off leaves nothing"
    })
    void saysWhichOptionDoesNotFit(String line, String says) {
        assertThat(run(("--port=0 " + line).split(" "))).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains(says).doesNotContain("\tat ");
    }

    @Test
    void saysThatThePortOfTheControlApiIsTaken() {
        assertThat(run("serve", "--port", "0")).isZero();
        String taken = printed(GATEWAY);

        assertThat(run("serve", "--port", "0", "--control-port", taken)).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("Cannot listen on", "and " + taken, "--control-port 0");
    }
}
