package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** A mock whose clock stands still, on a real socket. */
final class FixedMock implements AutoCloseable {
    static final long NOW = 1_795_507_200;
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);

    private final MockWechatPayServer server =
            MockWechatPayServer.builder().clock(CLOCK).start();

    URI baseUrl() {
        return server.baseUrl();
    }

    MockWechatPayServer server() {
        return server;
    }

    RawHttp.Answer send(SignedRequest request) throws IOException {
        return RawHttp.exchange(baseUrl(), request.toBytes());
    }

    /** Asks the control API, with an empty body. */
    RawHttp.Answer ask(String method, String target) throws IOException {
        return RawHttp.exchange(
                baseUrl(),
                (method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(US_ASCII));
    }

    /** Listens to what happens from now on. */
    EventReader listen() throws IOException, InterruptedException {
        return new EventReader(baseUrl(), null);
    }

    void putContract(String contractId, ContractState state) {
        server.world().putContract(new Contract(contractId, "1230000109", state, null, null));
    }

    /** Five headers, and a signature over the exact body; returns the serial that it names. */
    String assertSigned(RawHttp.Answer answer) throws SignatureVerificationException {
        Map<String, PublicKey> keys = new HashMap<>();
        keys.put(server.publicKeyId(), server.publicKey());
        server.platformCertificates()
                .forEach(certificate -> keys.put(Certificates.serialNo(certificate), certificate.getPublicKey()));
        assertThat(answer.names())
                .containsSubsequence(
                        "Wechatpay-Nonce",
                        "Wechatpay-Signature",
                        "Wechatpay-Timestamp",
                        "Wechatpay-Serial",
                        "Wechatpay-Signature-Type");
        ResponseSignature signature = ResponseSignature.from(answer::header);
        new Verifier(serial -> Optional.ofNullable(keys.get(serial)), CLOCK).verify(signature, answer.body());
        return signature.serial();
    }

    static void assertUnsigned(RawHttp.Answer answer) {
        assertThat(answer.names()).noneMatch(name -> name.regionMatches(true, 0, "Wechatpay-", 0, 10));
    }

    @Override
    public void close() {
        server.close();
    }
}
