package io.github.ebikecharge.mock.explain;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A block of the other RSA padding, PSS: salted, yet the salt can be read back, so messages can be tried all the same.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#section-9.1">RFC 8017: EMSA-PSS</a>
 */
final class PssBlock {
    private static final int MIN_PADDING = 8;
    private static final List<String> HASHES = List.of("SHA-256", "SHA-1", "SHA-384", "SHA-512");

    private PssBlock() {}

    /** What the block may be with each pair of hashes; none if it is not PSS. */
    static List<Recovered> read(byte[] block, int bits) {
        int length = (bits + 7) / 8;
        byte[] encoded = Arrays.copyOfRange(block, block.length - length, block.length);
        if (encoded[length - 1] != (byte) 0xBC) {
            return List.of();
        }
        return HASHES.stream()
                .flatMap(hash -> HASHES.stream().flatMap(maskHash -> read(encoded, bits, hash, maskHash).stream()))
                .toList();
    }

    private static List<Recovered> read(byte[] encoded, int bits, String hash, String maskHash) {
        int hashLength = Recovered.hash(hash, new byte[0]).length;
        int dbLength = encoded.length - hashLength - 1;
        if (dbLength < 1) {
            return List.of();
        }
        byte[] digest = Arrays.copyOfRange(encoded, dbLength, dbLength + hashLength);
        byte[] db = mask(digest, dbLength, maskHash);
        for (int i = 0; i < dbLength; i++) {
            db[i] ^= encoded[i];
        }
        db[0] &= (byte) (0xFF >>> (8 * encoded.length - bits));
        int one = 0;
        while (one < dbLength && db[one] == 0) {
            one++;
        }
        if (one == dbLength || db[one] != 1) {
            return List.of();
        }
        // the longest salt leaves no padding: then one random block in 128 looks like this
        boolean certain = one >= MIN_PADDING;
        byte[] salt = Arrays.copyOfRange(db, one + 1, dbLength);
        return List.of(new Recovered(List.of(Cause.PADDING_PSS.found(hash)), "PSS, " + hash, certain, message -> {
            byte[] salted = ByteBuffer.allocate(8 + hashLength + salt.length)
                    .put(new byte[8])
                    .put(Recovered.hash(hash, message))
                    .put(salt)
                    .array();
            return Arrays.equals(digest, Recovered.hash(hash, salted));
        }));
    }

    /** MGF1. */
    private static byte[] mask(byte[] seed, int length, String hash) {
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        for (int counter = 0; mask.size() < length; counter++) {
            byte[] block = ByteBuffer.allocate(seed.length + 4)
                    .put(seed)
                    .putInt(counter)
                    .array();
            mask.writeBytes(Recovered.hash(hash, block));
        }
        return Arrays.copyOf(mask.toByteArray(), length);
    }
}
