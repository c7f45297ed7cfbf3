package io.github.ebikecharge.conformance;

import com.sun.net.httpserver.HttpServer;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.EbikeChargeException;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.client.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The kit's jar as a hostile gateway, driven by the page's script: our client passes, one that believes all does not. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CiPageClientIT {
    @TempDir
    private Path directory;

    private String port = "";

    @BeforeEach
    void choosePort() throws IOException {
        port = PageScripts.freePort();
    }

    @Test
    void passesOurClient() throws Exception {
        PageScripts.Run run = hold(this::confirm);

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains(" kept, 0 deviating,");
        assertThat(directory.resolve("report/junit.xml")).content().contains("failures=\"0\"");
    }

    /** It ends with a status of its own, as programs do that have failed, and reads what there is to read. */
    @Test
    void passesAClientThatEndsWithAFailureAndReadsItsInput() throws Exception {
        PageScripts.Run run = hold(this::confirm, "cat; exit 1");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
    }

    @Test
    void takesAClientThatEndsWithoutAWordForBroken() throws Exception {
        PageScripts.Run run = hold(
                contract -> {
                    confirm(contract);
                    return "";
                },
                "exit 139");

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out()).contains("the client broke").doesNotContain("not every case was told");
    }

    private String confirm(String contract) {
        try (EbikeChargeClient client = client()) {
            client.confirmCharge(contract, ConfirmChargeRequest.example());
            return "accepted";
        } catch (EbikeChargeException e) {
            return "rejected";
        } catch (RuntimeException e) {
            return "crashed";
        }
    }

    @Test
    void failsAClientThatBelievesEverything() throws Exception {
        PageScripts.Run run = hold(contract -> {
            askWithoutLooking(contract);
            return "accepted";
        });

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out()).contains("signature.none").contains("the client took it for a success");
    }

    @Test
    void isNotSatisfiedWithAClientThatAsksNothing() throws Exception {
        PageScripts.Run run = hold(contract -> "rejected");

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.out()).contains("not every case was told");
    }

    @Test
    void isNotSatisfiedWithOutcomesOfConfirmsThatNeverCame() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        PageScripts.Run run = hold(contract -> asked.getAndSet(true) ? "rejected" : confirm(contract));

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.out()).contains("not every case was told");
    }

    /** Runs the page's script; the client behind {@code ./your-client} is in this JVM, for it is to be asked often. */
    private PageScripts.Run hold(Function<String, String> client) throws IOException, InterruptedException {
        return hold(client, "");
    }

    /** @param last what {@code ./your-client} does in the end */
    private PageScripts.Run hold(Function<String, String> client, String last)
            throws IOException, InterruptedException {
        HttpServer here = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        here.createContext("/", exchange -> {
            byte[] outcome = client.apply(exchange.getRequestURI().getPath().substring(1))
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, outcome.length);
            exchange.getResponseBody().write(outcome);
            exchange.close();
        });
        here.start();
        try {
            Path script = directory.resolve("your-client");
            Files.writeString(
                    script,
                    "#!/bin/sh\ncurl -s http://127.0.0.1:%d/\"$1\"\n%s\n"
                            .formatted(here.getAddress().getPort(), last));
            assertThat(script.toFile().setExecutable(true)).isTrue();
            return PageScripts.runStrictly(
                    "curl", PageScripts.block(Path.of("CI.md"), "--serve").replace("8081", port), directory);
        } finally {
            here.stop(0);
        }
    }

    private EbikeChargeClient client() {
        return EbikeChargeClient.builder()
                .baseUrl(URI.create("http://127.0.0.1:" + port))
                .merchant(MerchantCredentials.fromPem(hostile("apiclient_key.pem"), hostile("apiclient_cert.pem")))
                .platformTrust(PlatformTrust.publicKey(
                        hostile("pub_key_id.txt").strip(), Pem.readPublicKey(hostile("pub_key.pem"))))
                .retryPolicy(RetryPolicy.cautious().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();
    }

    private String hostile(String name) {
        try {
            return Files.readString(directory.resolve("hostile").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void askWithoutLooking(String contract) {
        String target = "http://127.0.0.1:%s/v3/ebike/charge/contracts/%s/confirm".formatted(port, contract);
        try {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(target))
                                    .POST(BodyPublishers.ofByteArray(WireJson.write(ConfirmChargeRequest.example())))
                                    .build(),
                            BodyHandlers.discarding());
        } catch (IOException e) {
            // whatever came, it is taken for a success
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
