package io.github.ebikecharge.api.wire;

import io.github.ebikecharge.api.model.EncryptCertificate;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Encrypts and decrypts the platform certificates of {@code GET /v3/certificates} with a merchant's APIv3 key
 * (APIv3密钥): AES-256-GCM, the nonce's twelve characters used as they stand, a 16-byte tag. Immutable and thread-safe.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012068829">Platform certificates (平台证书)</a>
 */
public final class CertificateEnvelope {
    /** The name of the algorithm on the wire. */
    public static final String ALGORITHM = "AEAD_AES_256_GCM";

    private static final String ASSOCIATED_DATA = "certificate";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_CHARACTERS = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    /**
     * @param apiV3Key the merchant's APIv3 key, 32 ASCII characters
     * @throws IllegalArgumentException if it has another length
     */
    public CertificateEnvelope(String apiV3Key) {
        byte[] bytes = apiV3Key.getBytes(UTF_8);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "An APIv3 key has %d bytes, this one has %d".formatted(KEY_BYTES, bytes.length));
        }
        key = new SecretKeySpec(bytes, "AES");
    }

    /** Encrypts a certificate under a fresh nonce. */
    public EncryptCertificate seal(X509Certificate certificate) {
        String nonce = Nonces.next().substring(0, NONCE_CHARACTERS);
        byte[] plaintext = Pem.write(certificate).getBytes(UTF_8);
        String ciphertext =
                Base64.getEncoder().encodeToString(apply(Cipher.ENCRYPT_MODE, nonce, ASSOCIATED_DATA, plaintext));
        return new EncryptCertificate(ALGORITHM, ASSOCIATED_DATA, ciphertext, nonce);
    }

    /**
     * Decrypts a certificate.
     *
     * @throws IllegalArgumentException if the algorithm is another one, the key is not the one it was encrypted with,
     *     or the plaintext is not a PEM certificate
     */
    public X509Certificate open(EncryptCertificate envelope) {
        if (!envelope.algorithm().equals(ALGORITHM)) {
            throw new IllegalArgumentException("Encrypted with " + envelope.algorithm() + ", expected " + ALGORITHM);
        }
        byte[] ciphertext;
        try {
            ciphertext = Base64.getDecoder().decode(envelope.ciphertext());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The encrypted certificate is not Base64", e);
        }
        return Pem.readCertificate(
                new String(apply(Cipher.DECRYPT_MODE, envelope.nonce(), envelope.associatedData(), ciphertext), UTF_8));
    }

    byte[] apply(int mode, String nonce, String associatedData, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.getBytes(UTF_8)));
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
}
