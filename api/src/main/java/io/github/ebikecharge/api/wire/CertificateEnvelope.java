package io.github.ebikecharge.api.wire;

import io.github.ebikecharge.api.model.EncryptCertificate;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Encrypts and decrypts the platform certificates of {@code GET /v3/certificates} with a merchant's APIv3 key
 * (APIv3密钥): those of RSA with AES-256-GCM, those of SM2 (国密) with SM4-GCM; the nonce's twelve characters used as
 * they stand, a 16-byte tag. Immutable and thread-safe.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012068829">Platform certificates (平台证书)</a>
 */
public final class CertificateEnvelope {
    private static final String ASSOCIATED_DATA = "certificate";
    private static final int KEY_BYTES = 32;
    private static final int SM4_KEY_BYTES = 16;
    private static final int NONCE_CHARACTERS = 12;
    private static final int TAG_BITS = 128;

    private final byte[] apiV3Key;

    /** How a certificate is encrypted, by its name on the wire. */
    enum Algorithm {
        /** The key is the APIv3 key. */
        AEAD_AES_256_GCM,
        /** The key is the first half of the SM3 hash of the APIv3 key. */
        AEAD_SM4_GCM
    }

    /**
     * @param apiV3Key the merchant's APIv3 key, 32 ASCII characters
     * @throws IllegalArgumentException if it has another length
     */
    public CertificateEnvelope(String apiV3Key) {
        this.apiV3Key = apiV3Key.getBytes(UTF_8);
        if (this.apiV3Key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "An APIv3 key has %d bytes, this one has %d".formatted(KEY_BYTES, this.apiV3Key.length));
        }
    }

    /**
     * Encrypts a certificate under a fresh nonce.
     *
     * @throws IllegalArgumentException if its key is neither of RSA nor of SM2
     */
    public EncryptCertificate seal(X509Certificate certificate) {
        Algorithm algorithm = switch (SignatureScheme.ofKey(certificate.getPublicKey())) {
            case SHA256_RSA2048 -> Algorithm.AEAD_AES_256_GCM;
            case SM2_WITH_SM3 -> Algorithm.AEAD_SM4_GCM;
        };
        String nonce = Nonces.next().substring(0, NONCE_CHARACTERS);
        byte[] plaintext = Pem.write(certificate).getBytes(UTF_8);
        byte[] ciphertext = apply(algorithm, Cipher.ENCRYPT_MODE, nonce, ASSOCIATED_DATA, plaintext);
        return new EncryptCertificate(
                algorithm.name(), ASSOCIATED_DATA, Base64.getEncoder().encodeToString(ciphertext), nonce);
    }

    /**
     * Encrypts the resource of a callback (回调通知) with AES-256-GCM, under a fresh nonce, in the form that certificates
     * have.
     */
    public EncryptCertificate seal(byte[] plaintext, String associatedData) {
        String nonce = Nonces.next().substring(0, NONCE_CHARACTERS);
        byte[] ciphertext = apply(Algorithm.AEAD_AES_256_GCM, Cipher.ENCRYPT_MODE, nonce, associatedData, plaintext);
        return new EncryptCertificate(
                Algorithm.AEAD_AES_256_GCM.name(),
                associatedData,
                Base64.getEncoder().encodeToString(ciphertext),
                nonce);
    }

    /**
     * Decrypts a certificate.
     *
     * @throws IllegalArgumentException if the algorithm is another one, the key is not the one it was encrypted with,
     *     or the plaintext is not a PEM certificate
     */
    public X509Certificate open(EncryptCertificate envelope) {
        Algorithm algorithm = Stream.of(Algorithm.values())
                .filter(known -> known.name().equals(envelope.algorithm()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Encrypted with " + envelope.algorithm()
                        + ", expected one of " + Arrays.toString(Algorithm.values())));
        byte[] ciphertext;
        try {
            ciphertext = Base64.getDecoder().decode(envelope.ciphertext());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The encrypted certificate is not Base64", e);
        }
        byte[] plaintext =
                apply(algorithm, Cipher.DECRYPT_MODE, envelope.nonce(), envelope.associatedData(), ciphertext);
        return Pem.readCertificate(new String(plaintext, UTF_8));
    }

    byte[] apply(Algorithm algorithm, int mode, String nonce, String associatedData, byte[] input) {
        try {
            Cipher cipher = cipher(algorithm, mode, new GCMParameterSpec(TAG_BITS, nonce.getBytes(UTF_8)));
            cipher.updateAAD(associatedData.getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (AEADBadTagException | ProviderException e) { // the latter where there are fewer bytes than in a tag
            throw new IllegalArgumentException(
                    "The encrypted certificate does not open with this APIv3 key: it is another merchant's, or was changed",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The encrypted certificate cannot be opened: " + e.getMessage(), e);
        }
    }

    private Cipher cipher(Algorithm algorithm, int mode, GCMParameterSpec nonce) throws GeneralSecurityException {
        Cipher cipher;
        switch (algorithm) {
            case AEAD_AES_256_GCM -> {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, new SecretKeySpec(apiV3Key, "AES"), nonce);
            }
            case AEAD_SM4_GCM -> {
                byte[] hash =
                        MessageDigest.getInstance("SM3", BouncyCastle.PROVIDER).digest(apiV3Key);
                cipher = Cipher.getInstance("SM4/GCM/NoPadding", BouncyCastle.PROVIDER);
                cipher.init(mode, new SecretKeySpec(hash, 0, SM4_KEY_BYTES, "SM4"), nonce);
            }
            default -> throw new IllegalArgumentException("Not an algorithm: " + algorithm);
        }
        return cipher;
    }
}
