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
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
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
    /** What came when a request was sent once more, since the answer had been a probe. */
    final List<Exchange> repeats = new ArrayList<>();

    private boolean sampled;
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
        } catch (SSLException e) {
            throw new IOException(
                    "%s speaks no TLS that holds here: %s%n%s".formatted(target, e.getMessage(), mend(e)), e);
        } catch (IOException e) {
            throw new IOException("Nothing listens at %s: %s".formatted(target, e.getMessage()), e);
        }
    }

    private static String mend(Throwable thrown) {
        boolean named = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return "Its certificate is not valid now: let the server have a new one.";
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "Its certificate is not trusted. Let Java trust who issued it:"
                        + " java -Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=... -jar ... (see --help)";
            }
            named = named || cause instanceof CertificateException;
        }
        return named
                ? "Its certificate is for another name than that of --target."
                : "Something listens there, and the handshake failed: is it http:// in truth?";
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

    /** Whether it has served a request that was rightly signed: what refuses these as well shows nothing by refusing. */
    boolean serves() {
        boolean served = exchanges.stream()
                .anyMatch(exchange -> exchange.request().rightlySigned()
                        && exchange.answer() != null
                        && exchange.answer().status() / 100 == 2);
        return served || (sample() && serves());
    }

    /** Sends a few requests of all kinds, where none is kept yet that a check could look at; once is enough. */
    boolean sample() {
        if (sampled) {
            return false;
        }
        sampled = true;
        Trial trial = new Trial(this); // of its own: what comes of it is for the checks that look at it
        trial.send(trial.confirm());
        trial.send(trial.certificates());
        trial.send(trial.confirm().body("{}"));
        trial.send(trial.confirm().unsigned());
        return true;
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
