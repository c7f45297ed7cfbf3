package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.transport.SignedHttp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.ebikecharge.client.Keys.MERCHANT;
import static io.github.ebikecharge.client.Keys.MERCHANT_KEYS;
import static io.github.ebikecharge.client.Keys.PLATFORM;
import static io.github.ebikecharge.client.Keys.PUBLIC_KEY_ID;
import static io.github.ebikecharge.client.Platform.CONTRACT_ID;
import static io.github.ebikecharge.client.Platform.GOOD;
import static io.github.ebikecharge.client.Platform.NOW;
import static io.github.ebikecharge.client.Platform.REQUEST_ID;
import static io.github.ebikecharge.client.Platform.TOKEN;
import static io.github.ebikecharge.client.Platform.signed;
import static io.github.ebikecharge.client.Platform.unsigned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** No signature, token or key is written anywhere: not by a log at its finest level, not by a stack trace. */
class SecretsTest {
    private final Platform platform = new Platform();
    private final StringWriter written = new StringWriter();
    private final List<String> secrets = new ArrayList<>();

    @AfterEach
    void close() {
        platform.close();
    }

    static List<MockResponse.Builder> answers() {
        return List.of(
                signed(200, GOOD),
                signed(200, GOOD).body(GOOD + " "),
                signed(200, GOOD, NOW - 400),
                signed(200, GOOD).removeHeader("Wechatpay-Serial"),
                signed(200, GOOD).setHeader("Wechatpay-Serial", "PUB_KEY_ID_0"),
                signed(200, GOOD).setHeader("Wechatpay-Signature-Type", "none"),
                signed(200, "{\"charging_token\":" + TOKEN + "}"),
                signed(200, TOKEN),
                signed(200, "{\"charging_token\":{\"" + TOKEN + "\":\"" + TOKEN + "\"}}"),
                signed(200, "{\"charging_token\":\"" + TOKEN + "\",\"charging_token\":\"" + TOKEN + "\"}"),
                signed(200, "{\"" + TOKEN + "\":1}"),
                signed(202, GOOD),
                unsigned(200, GOOD),
                unsigned(502, GOOD),
                unsigned(502, "<html>" + TOKEN),
                signed(200, GOOD).onResponseBody(new SocketEffect.CloseSocket()),
                signed(200, GOOD).onResponseStart(new SocketEffect.CloseSocket()));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void staysSilentAboutSecrets(MockResponse.Builder answer) {
        platform.server.enqueue(answer.build());
        var signature = answer.getHeaders().get("Wechatpay-Signature");
        if (signature != null) {
            secrets.add(signature);
        }

        var log = logOf(() -> {
            try (var client = platform.settings()
                    .timeout(Duration.ofSeconds(5))
                    .listener(ClientListener.ofExchanges(exchange -> written.append(exchange.toString())))
                    .build()) {
                written.append(client.confirmCharge(CONTRACT_ID, ConfirmChargeRequest.example())
                        .toString());
            } catch (EbikeChargeException e) {
                e.printStackTrace(new PrintWriter(written, true));
            }
        });

        var authorization = platform.takeRequest().getHeaders().get("Authorization");
        assertThat(authorization).isNotNull();
        secrets.add(authorization.replaceAll(".*signature=\"([^\"]+)\".*", "$1"));
        assertThat(log).as("a log at its finest").contains("Validating against constraint");
        assertThat(log + written).contains(CONTRACT_ID);
        keepsSecrets(log);
        keepsSecrets(written.toString());
    }

    @Test
    void logsTargetStatusAndRequestId() {
        var log = logOf(() -> platform.confirm(signed(200, GOOD)));

        assertThat(log).containsPattern("DEBUG .*SignedTransport - POST .*/confirm -> 200 \\(Request-ID " + REQUEST_ID);
    }

    @Test
    void describesSettingsWithoutKeys() {
        var trust = PlatformTrust.publicKey(PUBLIC_KEY_ID, PLATFORM.getPublic());

        var settings = new SignedHttp.Settings(
                List.of(URI.create("http://localhost")), MERCHANT, Duration.ofSeconds(1), "agent", Clock.systemUTC());

        assertThat(trust)
                .hasToString("PlatformTrust[preferred=%1$s, all=[%1$s], downloaded=never]".formatted(PUBLIC_KEY_ID));
        assertThat(settings.toString()).contains(MERCHANT.mchid());
        keepsSecrets(settings.toString());
    }

    private void keepsSecrets(String text) {
        secrets.add(TOKEN);
        secrets.addAll(privateNumbers());
        assertThat(text).isNotEmpty().doesNotContain(secrets);
    }

    private static List<String> privateNumbers() {
        byte[] key = MERCHANT_KEYS.getPrivate().getEncoded();
        var exponent = ((RSAPrivateKey) MERCHANT_KEYS.getPrivate()).getPrivateExponent();
        return List.of(
                Base64.getEncoder().encodeToString(key).substring(200, 260),
                HexFormat.of().formatHex(key).substring(200, 260),
                exponent.toString(),
                exponent.toString(16));
    }

    /** What SLF4J and java.util.logging write meanwhile, at their finest; the server's own words are left out. */
    private static String logOf(Runnable action) {
        var bytes = new ByteArrayOutputStream();
        var before = System.err;
        var root = Logger.getLogger("");
        var level = root.getLevel();
        var stream = new PrintStream(bytes, true, UTF_8);
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (!String.valueOf(record.getLoggerName()).startsWith("mockwebserver3")) {
                    stream.print(new SimpleFormatter().format(record));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        System.setErr(stream);
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        try {
            action.run();
        } finally {
            root.removeHandler(handler);
            root.setLevel(level);
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }
}
