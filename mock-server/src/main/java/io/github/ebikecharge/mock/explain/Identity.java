package io.github.ebikecharge.mock.explain;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Who a request says it is from, held against who signed it. */
final class Identity {
    private static final int MAX_SERIAL_LENGTH = 100;

    private final Collection<KnownKey> keys;
    private final String mchid;
    private final String serialNo;

    /** A way to misspell a serial number, and the way back. */
    private record Spelling(Cause cause, UnaryOperator<String> toHex) {}

    private static final List<Spelling> SPELLINGS = List.of(
            new Spelling(Cause.SERIAL_LOWER_CASE, serial -> serial.toUpperCase(Locale.ROOT)),
            new Spelling(Cause.SERIAL_LEADING_ZEROS, Identity::withoutLeadingZeros),
            new Spelling(
                    Cause.SERIAL_WITH_SEPARATORS,
                    serial -> withoutLeadingZeros(serial.replaceAll("^0[xX]|[:\\s-]", ""))),
            new Spelling(Cause.SERIAL_DECIMAL, serial -> withoutLeadingZeros(new BigInteger(serial).toString(16))));

    Identity(Collection<KnownKey> keys, String mchid, String serialNo) {
        this.keys = keys;
        this.mchid = mchid;
        this.serialNo = serialNo;
    }

    /** The keys to try, those that the request names before the others. */
    List<KnownKey> keys() {
        return keys.stream()
                .sorted(Comparator.comparing(
                        key -> (key.serial().equals(serialNo) ? 0 : 2) + (mchid.equals(key.mchid()) ? 0 : 1)))
                .toList();
    }

    /** How many bytes a signature may have here; as the gateway has it, if no key is known. */
    Set<Integer> signatureLengths() {
        Set<Integer> lengths = keys.stream()
                .map(KnownKey::key)
                .filter(RSAPublicKey.class::isInstance)
                .map(key -> (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8)
                .collect(Collectors.toSet());
        return lengths.isEmpty() ? Set.of(2048 / 8) : lengths;
    }

    /** What is wrong, given who signed; nobody if no known key did. */
    List<Finding> findings(Optional<KnownKey> signer, byte[] body) {
        Optional<KnownKey> named =
                withSerial().filter(key -> mchid.equals(key.mchid())).findFirst();
        if (signer.isEmpty()) {
            return named.isPresent()
                    ? List.of(Cause.KEY_UNKNOWN.found(serialNo, mchid))
                    : withSerial()
                            .filter(key -> !key.isPlatforms())
                            .findFirst()
                            .map(key ->
                                    List.of(mchidFinding(key, body), Cause.KEY_UNKNOWN.found(serialNo, key.owner())))
                            .orElseGet(() -> List.of(serialFinding(keys)));
        }
        KnownKey key = signer.get();
        if (key.isPlatforms()) {
            return List.of(Cause.KEY_OF_PLATFORM.found(key.serial()));
        }
        if (named.isPresent()) {
            return named.get().key().equals(key.key())
                    ? List.of()
                    : List.of(Cause.KEY_OF_OTHER_CERTIFICATE.found(serialNo, mchid, key.serial(), key.owner()));
        }
        List<Finding> findings = new ArrayList<>();
        if (!key.serial().equals(serialNo)) {
            findings.add(serialFinding(List.of(key)));
        }
        if (!mchid.equals(key.mchid())) {
            findings.add(mchidFinding(key, body));
        }
        return findings;
    }

    private Stream<KnownKey> withSerial() {
        return keys.stream().filter(key -> key.serial().equals(serialNo));
    }

    private Finding mchidFinding(KnownKey key, byte[] body) {
        boolean subMerchants = Pattern.compile("\"sub_mchid\"\\s*+:\\s*+\"" + Pattern.quote(mchid) + '"')
                .matcher(new String(body, UTF_8))
                .find();
        Cause cause = subMerchants ? Cause.MCHID_OF_SUB_MERCHANT : Cause.MCHID_NOT_OF_CERTIFICATE;
        return cause.found(mchid, key.serial(), key.owner());
    }

    /** What is wrong with the serial number, if one of {@code right} was meant. */
    private Finding serialFinding(Collection<KnownKey> right) {
        List<String> serials = right.stream()
                .filter(key -> !key.isPlatforms())
                .map(KnownKey::serial)
                .toList();
        for (Spelling spelling : SPELLINGS) {
            for (String serial : serials) {
                if (spells(spelling, serial)) {
                    return spelling.cause().found(serialNo, serial);
                }
            }
        }
        String expected = serials.isEmpty() ? "-" : String.join(", ", serials);
        return withSerial()
                .findFirst()
                .map(key -> key.isPlatforms()
                        ? Cause.SERIAL_OF_PLATFORM.found(serialNo, expected)
                        : Cause.SERIAL_OF_OTHER_CERTIFICATE.found(serialNo, key.owner(), expected))
                .orElseGet(() -> Cause.SERIAL_UNKNOWN.found(serialNo, expected));
    }

    private boolean spells(Spelling spelling, String serial) {
        if (serialNo.length() > MAX_SERIAL_LENGTH) {
            return false;
        }
        try {
            String hex = spelling.toHex().apply(serialNo);
            return hex.equals(serial)
                    || (spelling.cause() != Cause.SERIAL_LOWER_CASE && hex.equals(withoutLeadingZeros(serial)));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String withoutLeadingZeros(String serial) {
        return serial.replaceFirst("^0++", "").toUpperCase(Locale.ROOT);
    }
}
