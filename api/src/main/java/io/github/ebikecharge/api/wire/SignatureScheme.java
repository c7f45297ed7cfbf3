package io.github.ebikecharge.api.wire;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * How messages are signed: the algorithm, and its name on the wire (签名类型).
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012365342">How to sign (签名总览)</a>
 */
public enum SignatureScheme {
    /** RSASSA-PKCS1-v1_5 with SHA-256, keys of 2048 bits. */
    SHA256_RSA2048("WECHATPAY2-SHA256-RSA2048", "RSA", "SHA256withRSA");

    private final String wireName;
    private final String keyAlgorithm;
    private final String signatureAlgorithm;

    SignatureScheme(String wireName, String keyAlgorithm, String signatureAlgorithm) {
        this.wireName = wireName;
        this.keyAlgorithm = keyAlgorithm;
        this.signatureAlgorithm = signatureAlgorithm;
    }

    /** The scheme with this wire name, or empty. */
    public static Optional<SignatureScheme> byWireName(String wireName) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.wireName.equals(wireName))
                .findFirst();
    }

    /** The scheme that a key of this JCA algorithm signs with, or empty. */
    public static Optional<SignatureScheme> byKeyAlgorithm(String keyAlgorithm) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.keyAlgorithm.equals(keyAlgorithm))
                .findFirst();
    }

    /** The name in {@code Authorization} and {@code Wechatpay-Signature-Type}. */
    public String wireName() {
        return wireName;
    }

    /**
     * Signs a message.
     *
     * @return the signature in standard Base64, padded, on one line
     * @throws IllegalArgumentException if the key does not fit the scheme
     */
    public String sign(PrivateKey key, SignedMessage message) {
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm);
            signature.initSign(key);
            signature.update(message.toBytes());
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(
                    "This private key (%s) cannot sign %s".formatted(key.getAlgorithm(), wireName), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(signatureAlgorithm + " is not available in this Java runtime", e);
        }
    }

    /**
     * Verifies a signature.
     *
     * @param base64 signature in Base64; anything that is not is a signature that does not match
     * @throws SignatureVerificationException with {@code SIGNATURE_MISMATCH}
     * @throws IllegalArgumentException if the key does not fit the scheme
     */
    public void verify(PublicKey key, SignedMessage message, String base64) throws SignatureVerificationException {
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm);
            signature.initVerify(key);
            signature.update(message.toBytes());
            if (!signature.verify(Base64.getDecoder().decode(base64))) {
                throw mismatch("The signature does not verify over these bytes with this key");
            }
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(
                    "This public key (%s) cannot verify %s".formatted(key.getAlgorithm(), wireName), e);
        } catch (SignatureException e) {
            throw mismatch("The signature does not have the form of " + wireName);
        } catch (IllegalArgumentException e) {
            throw mismatch("The signature is not Base64");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(signatureAlgorithm + " is not available in this Java runtime", e);
        }
    }

    private static SignatureVerificationException mismatch(String message) {
        return new SignatureVerificationException(SignatureVerificationException.Reason.SIGNATURE_MISMATCH, message);
    }
}
