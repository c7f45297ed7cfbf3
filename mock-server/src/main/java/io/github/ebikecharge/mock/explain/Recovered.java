package io.github.ebikecharge.mock.explain;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;

/**
 * What a signature stands for, read back with the public key. A block of PKCS #1 v1.5 is {@code 00 01 FF… 00} and then,
 * if all was well, the DER of the hash's name and the digest.
 *
 * @param findings what is wrong with it, whatever the message was
 * @param content what was read, for a text
 * @param certain whether no other key gives a block of this form; if not, only a message that it covers proves it
 * @param covers whether a message is the one that was signed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#section-9.2">RFC 8017: EMSA-PKCS1-v1_5</a>
 */
record Recovered(List<Finding> findings, String content, boolean certain, Predicate<byte[]> covers) {
    private static final String RIGHT_HASH = "SHA-256";
    private static final Map<String, String> HASHES = Map.ofEntries(
            entry("3020300c06082a864886f70d020505000410", "MD5"),
            entry("3021300906052b0e03021a05000414", "SHA-1"),
            entry("302d300d06096086480165030402040500041c", "SHA-224"),
            entry("3031300d060960864801650304020105000420", RIGHT_HASH),
            entry("3041300d060960864801650304020205000430", "SHA-384"),
            entry("3051300d060960864801650304020305000440", "SHA-512"));

    /** All readings of a signature; no certain one if it was not made with the private half of {@code key}. */
    static List<Recovered> read(PublicKey key, byte[] signature) {
        if (!(key instanceof RSAPublicKey rsa)) {
            return List.of();
        }
        BigInteger number = new BigInteger(1, signature);
        int length = (rsa.getModulus().bitLength() + 7) / 8;
        if (signature.length != length || number.compareTo(rsa.getModulus()) >= 0) {
            return List.of();
        }
        byte[] block = leftPadded(number.modPow(rsa.getPublicExponent(), rsa.getModulus()), length);
        int end = 2;
        while (end < length && block[end] == (byte) 0xFF) {
            end++;
        }
        boolean pkcs1 = block[0] == 0 && block[1] == 1 && end >= 10 && end < length && block[end] == 0;
        return pkcs1
                ? content(Arrays.copyOfRange(block, end + 1, length))
                : PssBlock.read(block, rsa.getModulus().bitLength() - 1);
    }

    private static List<Recovered> content(byte[] content) {
        String hex = HexFormat.of().formatHex(content);
        for (Map.Entry<String, String> hash : HASHES.entrySet()) {
            if (hex.startsWith(hash.getKey())) {
                String digest = hex.substring(hash.getKey().length());
                return List.of(ofDigest(hash.getValue(), HexFormat.of().parseHex(digest)));
            }
        }
        return withoutHashName(content, hex);
    }

    private static Recovered ofDigest(String hash, byte[] digest) {
        List<Finding> findings =
                hash.equals(RIGHT_HASH) ? List.of() : List.of(Cause.HASH_NOT_SHA256.found(hash, RIGHT_HASH));
        String shown = hash + " " + HexFormat.of().formatHex(digest);
        return new Recovered(findings, shown, true, message -> Arrays.equals(digest, hash(hash, message)));
    }

    /** As of {@code NONEwithRSA} or {@code openssl_private_encrypt}: the message, or its digest in some spelling. */
    private static List<Recovered> withoutHashName(byte[] content, String hex) {
        String text = new String(content, ISO_8859_1);
        List<Recovered> readings = new ArrayList<>();
        readings.add(new Recovered(
                List.of(Cause.NOT_HASHED.found()), "0x" + hex, true, message -> Arrays.equals(content, message)));
        for (String hash : HASHES.values()) {
            readings.add(new Recovered(
                    List.of(Cause.HASH_NAME_MISSING.found(hash)), hash + " " + hex, true, message -> {
                        byte[] digest = hash(hash, message);
                        return Arrays.equals(content, digest)
                                || text.equalsIgnoreCase(HexFormat.of().formatHex(digest))
                                || text.equals(Base64.getEncoder().encodeToString(digest));
                    }));
        }
        return readings;
    }

    static byte[] hash(String hash, byte[] message) {
        try {
            return MessageDigest.getInstance(hash).digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(hash + " is not available in this Java runtime", e);
        }
    }

    private static byte[] leftPadded(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[length];
        int size = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - size, padded, length - size, size);
        return padded;
    }
}
