package io.github.ebikecharge.api.wire;

import io.github.ebikecharge.api.wire.SignatureVerificationException.Reason;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** An entry of {@code vectors/signatures.json} or {@code vectors/openssl.json}: a message, and a signature over it. */
record SignatureVector(
        String id,
        String source,
        Kind kind,
        @Nullable String method,
        @Nullable String target,
        long timestamp,
        String nonce,
        String body,
        String signature,
        String publicKey,
        int messageLength,
        String messageSha256,
        Result result,
        @Nullable Reason reason) {

    enum Kind {
        request,
        response
    }

    enum Result {
        valid,
        invalid
    }

    byte[] bodyBytes() {
        return body.getBytes(UTF_8);
    }

    SignedMessage message() {
        return switch (kind) {
            case request ->
                SignedMessage.ofRequest(requireNonNull(method), requireNonNull(target), timestamp, nonce, bodyBytes());
            case response -> SignedMessage.ofResponse(timestamp, nonce, bodyBytes());
        };
    }

    PublicKey key() {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
