package io.github.ebikecharge.api.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How messages are signed: the algorithm, and its name on the wire (签名类型).
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012365342">How to sign (签名总览)</a>
 */
public enum SignatureScheme {
    /** RSASSA-PKCS1-v1_5 with SHA-256, keys of 2048 bits. */
    SHA256_RSA2048("WECHATPAY2-SHA256-RSA2048"),

    /** SM2 with SM3 (国密): keys on the curve sm2p256v1, the user ID {@code 1234567812345678}, signatures in DER. */
    SM2_WITH_SM3("WECHATPAY2-SM2-WITH-SM3");

    /** How many points the curve sm2p256v1 has, by which it is known. */
    private static final BigInteger SM2_ORDER =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);

    private static final List<SignatureScheme> ALL = List.of(values());

    private final String wireName;

    SignatureScheme(String wireName) {
        this.wireName = wireName;
    }

    /** The scheme with this wire name, or empty. */
    public static Optional<SignatureScheme> byWireName(String wireName) {
        for (SignatureScheme scheme : ALL) {
            if (scheme.wireName.equals(wireName)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }

    /**
     * The scheme that this key signs or verifies with.
     *
     * @throws IllegalArgumentException if there is none: the key is neither RSA nor on the curve of SM2
     */
    public static SignatureScheme ofKey(Key key) {
        for (SignatureScheme scheme : ALL) {
            if (scheme.takes(key)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException(
                "WeChat Pay takes keys of RSA, or of SM2 (EC on the curve sm2p256v1); this key is " + key.getAlgorithm()
                        + (key instanceof ECKey ? " on another curve" : ""));
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
        if (!takes(key)) {
            throw new IllegalArgumentException(
                    "This private key (%s) cannot sign %s".formatted(key.getAlgorithm(), wireName));
        }
        try {
            Signature idle = IdleSignatures.take(key);
            Signature signature = idle == null ? signing(key) : idle;
            message.update(signature);
            byte[] made = signature.sign();
            keep(key, signature); // one that threw is not used again
            return Base64.getEncoder().encodeToString(made);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(
                    "This private key (%s) cannot sign %s".formatted(key.getAlgorithm(), wireName), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(wireName + " is not available in this Java runtime", e);
        }
    }

    /**
     * Verifies a signature. Who signs names the scheme: one that the key does not fit is a mismatch too.
     *
     * @param base64 signature in Base64; anything that is not is a signature that does not match
     * @throws SignatureVerificationException with {@code SIGNATURE_MISMATCH}
     */
    public void verify(PublicKey key, SignedMessage message, String base64) throws SignatureVerificationException {
        if (!takes(key)) {
            throw mismatch("This public key (%s) cannot verify %s".formatted(key.getAlgorithm(), wireName));
        }
        try {
            Signature idle = IdleSignatures.take(key);
            Signature signature = idle == null ? verifying(key) : idle;
            message.update(signature);
            if (!signature.verify(Base64.getDecoder().decode(base64))) {
                throw mismatch("The signature does not verify over these bytes with this key");
            }
            keep(key, signature); // not one that refused: it may not have read the message to its end
        } catch (InvalidKeyException e) {
            throw mismatch("This public key (%s) cannot verify %s".formatted(key.getAlgorithm(), wireName));
        } catch (SignatureException e) {
            throw mismatch("The signature does not have the form of " + wireName);
        } catch (IllegalArgumentException e) {
            throw mismatch("The signature is not Base64");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(wireName + " is not available in this Java runtime", e);
        }
    }

    private boolean takes(Key key) {
        return switch (this) {
            case SHA256_RSA2048 -> key.getAlgorithm().equals("RSA");
            case SM2_WITH_SM3 ->
                key instanceof ECKey ec && ec.getParams().getOrder().equals(SM2_ORDER);
        };
    }

    private Signature signing(PrivateKey key) throws GeneralSecurityException {
        return switch (this) {
            case SHA256_RSA2048 -> RsaProvider.signing(key);
            case SM2_WITH_SM3 -> {
                Signature signature = sm2();
                signature.initSign(key);
                yield signature;
            }
        };
    }

    private Signature verifying(PublicKey key) throws GeneralSecurityException {
        return switch (this) {
            case SHA256_RSA2048 -> RsaProvider.verifying(key);
            case SM2_WITH_SM3 -> {
                Signature signature = sm2();
                signature.initVerify(key);
                yield signature;
            }
        };
    }

    private static Signature sm2() throws GeneralSecurityException {
        return Signature.getInstance("SM3withSM2", BouncyCastle.PROVIDER);
    }

    /** Not the JDK's, nor what the application has registered with it: it may have another one the next time. */
    private void keep(Key key, Signature signature) {
        if (this == SM2_WITH_SM3 || RsaProvider.isByAccp(signature)) {
            IdleSignatures.keep(key, signature);
        }
    }

    private static SignatureVerificationException mismatch(String message) {
        return new SignatureVerificationException(SignatureVerificationException.Reason.SIGNATURE_MISMATCH, message);
    }
}
