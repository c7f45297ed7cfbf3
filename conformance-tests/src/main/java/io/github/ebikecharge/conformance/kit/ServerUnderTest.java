package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server that is held to the protocol, and what is known of it so far. */
final class ServerUnderTest {
    final URI target;
    final CredentialFiles credentials;
    final MerchantCredentials merchant;
    final String contractId;
    final byte[] body;
    final Clock clock;
    final List<Exchange> exchanges = new ArrayList<>();
    final List<Exchange> probes = new ArrayList<>();
    private @Nullable Map<String, PublicKey> platformKeys;

    ServerUnderTest(URI target, CredentialFiles credentials, String contractId, byte[] body, Clock clock) {
        this.target = target;
        this.credentials = credentials;
        this.merchant = credentials.merchant();
        this.contractId = contractId;
        this.body = body;
        this.clock = clock;
    }

    /** Finds out whether anybody is there at all. */
    void reach() throws IOException {
        try {
            Wire.connect(target).close();
        } catch (IOException e) {
            throw new IOException("Nothing listens at %s: %s".formatted(target, e.getMessage()), e);
        }
    }

    /** The body of the confirm call, to be changed at will. */
    ObjectNode bodyAsJson() {
        try {
            return WireJson.read(body, ObjectNode.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The body of the confirm call is not a JSON object", e);
        }
    }

    String host() {
        return target.getRawAuthority();
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    /** The keys of the credentials, and those that the server hands out itself, encrypted with the APIv3 key. */
    Map<String, PublicKey> platformKeys() {
        if (platformKeys == null) {
            platformKeys = new LinkedHashMap<>(credentials.platformKeys());
            Map<String, PublicKey> known = platformKeys;
            downloadedCertificates()
                    .forEach(certificate ->
                            known.putIfAbsent(Certificates.serialNo(certificate), certificate.getPublicKey()));
        }
        return platformKeys;
    }

    /** The certificates that the server hands out; none if it has none or they cannot be read. */
    private List<X509Certificate> downloadedCertificates() {
        Optional<String> apiV3Key = credentials.apiV3Key();
        if (apiV3Key.isEmpty()) {
            return List.of();
        }
        Trial trial = new Trial(this);
        Answer answer = trial.send(trial.certificates()).answer();
        try {
            CertificateEnvelope envelope = new CertificateEnvelope(apiV3Key.get());
            return WireJson.read(answer.body(), CertificateList.class).data().stream()
                    .map(entry -> envelope.open(entry.encryptCertificate()))
                    .toList();
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            return List.of(); // the checks of the certificates say why
        }
    }
}
