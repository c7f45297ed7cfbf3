package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.model.EncryptCertificate;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicBoolean;

/** What {@code GET /v3/certificates} hands out. */
final class CertificateChecks {
    private static final String DOC = "https://pay.weixin.qq.com/doc/v3/merchant/4012068829";

    private CertificateChecks() {}

    static void add(Rules rules) {
        rules.documented(
                "schema.certificates",
                "The list of certificates has the fields of the document: CertificateList",
                "ebike-charge.yaml, CertificateList",
                t -> {
                    Reply reply = list(t);
                    Schemas.faults("CertificateList", reply.answer().text())
                            .forEach(
                                    fault -> reply.finding(fault, reply.answer().text()));
                });
        each(
                rules,
                "decrypts",
                "A certificate decrypts with the merchant's APIv3 key",
                (reply, entry, certificate) -> {});
        each(
                rules,
                "serial",
                "The serial_no of an entry is its certificate's, every byte as two upper-case digits",
                (reply, entry, certificate) -> {
                    String serial = Certificates.serialNo(certificate);
                    String told = entry.path("serial_no").asText();
                    if (!told.equals(serial)) {
                        reply.finding("expected the serial_no %s, came %s".formatted(serial, told), told);
                    }
                });
        each(
                rules,
                "dates",
                "effective_time and expire_time are those of the certificate",
                (reply, entry, certificate) -> {
                    date(
                            reply,
                            entry,
                            "effective_time",
                            certificate.getNotBefore().toInstant());
                    date(reply, entry, "expire_time", certificate.getNotAfter().toInstant());
                });
        each(rules, "rsa-2048", "A certificate holds an RSA key of 2048 bits", (reply, entry, certificate) -> {
            PublicKey key = certificate.getPublicKey();
            if (!(key instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() != 2048) {
                reply.finding("expected an RSA key of 2048 bits, came one of " + key.getAlgorithm(), "");
            }
        });
        rules.documented(
                "certificates.one-valid",
                "One of the certificates is valid now: some SDKs pass over those that are not",
                Sources.APACHE_SDK,
                t -> {
                    Reply reply = list(t);
                    Instant now = t.server().clock.instant();
                    AtomicBoolean valid = new AtomicBoolean();
                    look(t, reply, (entry, certificate) -> {
                        boolean begun = !now.isBefore(certificate.getNotBefore().toInstant());
                        valid.compareAndSet(
                                false,
                                begun && now.isBefore(certificate.getNotAfter().toInstant()));
                    });
                    if (!valid.get()) {
                        reply.finding("expected one that is valid now, and there is none", "");
                    }
                });
        rules.documented(
                "certificates.envelope",
                "A certificate is encrypted as AEAD_AES_256_GCM, with a nonce of 12 characters, associated data certificate",
                DOC,
                t -> {
                    Reply reply = list(t).value("/data/0/encrypt_certificate/algorithm", "AEAD_AES_256_GCM")
                            .value("/data/0/encrypt_certificate/associated_data", "certificate");
                    String nonce =
                            reply.json().at("/data/0/encrypt_certificate/nonce").asText();
                    if (nonce.length() != 12) {
                        reply.finding("expected a nonce of 12 characters, came " + nonce.length(), nonce);
                    }
                });
    }

    private interface Look {
        void at(JsonNode entry, X509Certificate certificate);
    }

    private interface LookAtAnswer {
        void at(Reply reply, JsonNode entry, X509Certificate certificate);
    }

    private static void each(Rules rules, String name, String rule, LookAtAnswer look) {
        rules.documented("certificates." + name, rule, DOC, t -> {
            Reply reply = list(t);
            look(t, reply, (entry, certificate) -> look.at(reply, entry, certificate));
        });
    }

    private static void look(Trial t, Reply reply, Look look) throws Check.NotApplicable {
        for (JsonNode entry : reply.json().path("data")) {
            try {
                look.at(entry, open(t, entry));
            } catch (IllegalArgumentException e) {
                String ciphertext = entry.at("/encrypt_certificate/ciphertext").asText();
                reply.finding("cannot be decrypted: " + e.getMessage(), ciphertext);
            }
        }
    }

    /** The list, which holds something if there is one at all. */
    private static Reply list(Trial t) throws Check.NotApplicable {
        Reply reply = t.send(t.certificates()).list();
        if (reply.answer().status() == 200 && reply.json().path("data").isEmpty()) {
            reply.finding(
                    "expected a certificate, and there is none", reply.answer().text());
        }
        return reply;
    }

    private static X509Certificate open(Trial t, JsonNode entry) throws Check.NotApplicable {
        String apiV3Key = t.credentials()
                .apiV3Key()
                .orElseThrow(() -> new Check.NotApplicable("the credentials have no APIv3 key"));
        JsonNode envelope = entry.path("encrypt_certificate");
        return new CertificateEnvelope(apiV3Key)
                .open(EncryptCertificate.builder()
                        .algorithm(envelope.path("algorithm").asText())
                        .associatedData(envelope.path("associated_data").asText())
                        .ciphertext(envelope.path("ciphertext").asText())
                        .nonce(envelope.path("nonce").asText())
                        .build());
    }

    private static void date(Reply reply, JsonNode entry, String name, Instant expected) {
        String told = entry.path(name).asText();
        try {
            if (!OffsetDateTime.parse(told).toInstant().equals(expected)) {
                reply.finding("expected %s to be %s, came %s".formatted(name, expected, told), told);
            }
        } catch (DateTimeException e) {
            reply.finding("expected %s to be a date, came %s".formatted(name, told), told);
        }
    }
}
