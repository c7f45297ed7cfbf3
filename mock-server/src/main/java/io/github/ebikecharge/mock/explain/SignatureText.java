package io.github.ebikecharge.mock.explain;

import java.net.URLDecoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The signature's bytes out of a text that should be padded Base64 on one line. */
final class SignatureText {
    private static final String ESCAPED_LINE_ENDS = "\\\\r|\\\\n";

    /** A way to misspell Base64, and the way back. */
    private record Spelling(Cause cause, UnaryOperator<String> toBase64) {}

    private static final List<Spelling> SPELLINGS = List.of(
            new Spelling(Cause.SIGNATURE_IN_HEX, SignatureText::hexToBase64),
            new Spelling(Cause.SIGNATURE_UNPADDED, SignatureText::padded),
            new Spelling(Cause.SIGNATURE_WITH_SPACE_FOR_PLUS, text -> text.replace(' ', '+')),
            new Spelling(
                    Cause.SIGNATURE_WITH_WHITE_SPACE,
                    text -> text.replaceAll(ESCAPED_LINE_ENDS, "").replaceAll("\\s", "")),
            new Spelling(
                    Cause.SIGNATURE_URL_SAFE,
                    text -> padded(text.replace('-', '+').replace('_', '/'))),
            new Spelling(Cause.SIGNATURE_PERCENT_ENCODED, text -> URLDecoder.decode(text.replace("+", "%2B"), UTF_8)),
            new Spelling(Cause.SIGNATURE_QUOTED, text -> text.replaceAll("[\\\\\"']", "")),
            new Spelling(
                    Cause.SIGNATURE_BASE64_TWICE,
                    text -> new String(Base64.getDecoder().decode(text), ISO_8859_1)));

    private final byte[] bytes;
    private final List<Finding> findings;

    private SignatureText(byte[] bytes, List<Finding> findings) {
        this.bytes = bytes;
        this.findings = findings;
    }

    /** Empty if no spelling gives as many as a key here signs with. */
    byte[] bytes() {
        return bytes;
    }

    List<Finding> findings() {
        return findings;
    }

    /**
     * Tries the spellings in turn.
     *
     * @param lengths lengths in bytes of the signatures that are possible here
     */
    static SignatureText read(String text, Set<Integer> lengths) {
        Optional<byte[]> plain = decode(text, UnaryOperator.identity());
        if (plain.isPresent() && lengths.contains(plain.get().length) && text.length() % 4 == 0) {
            return new SignatureText(plain.get(), List.of());
        }
        for (Spelling spelling : SPELLINGS) {
            Optional<byte[]> bytes = decode(text, spelling.toBase64());
            if (bytes.isPresent() && lengths.contains(bytes.get().length)) {
                return new SignatureText(bytes.get(), List.of(spelling.cause().found()));
            }
        }
        Finding finding = plain.map(bytes -> Cause.SIGNATURE_WRONG_LENGTH.found(bytes.length, text.length()))
                .orElseGet(() -> Cause.SIGNATURE_NOT_BASE64.found(text.length()));
        return new SignatureText(new byte[0], List.of(finding));
    }

    private static Optional<byte[]> decode(String text, UnaryOperator<String> toBase64) {
        try {
            return Optional.of(Base64.getDecoder().decode(toBase64.apply(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String hexToBase64(String text) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text));
    }

    private static String padded(String text) {
        return text + "=".repeat((4 - text.length() % 4) % 4);
    }
}
