package io.github.ebikecharge.mock.explain;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.Cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The right message, wrongly hashed, padded, encoded, or signed with a wrong key or in a wrong name. */
final class MistakesInSignature {
    private MistakesInSignature() {}

    private static Mistake mistake(String name, Consumer<Attempt> change, Cause... causes) {
        Attempt attempt = new Attempt();
        change.accept(attempt);
        return new Mistake(name, attempt.signing(), causes);
    }

    static List<Mistake> mistakes() {
        List<Mistake> mistakes = new ArrayList<>(List.of(MistakesInLines.utf16()));
        mistakes.addAll(hashes());
        mistakes.addAll(encodings());
        mistakes.addAll(names());
        mistakes.addAll(several());
        return mistakes;
    }

    private static List<Mistake> hashes() {
        return List.of(
                hash("SHA1withRSA"),
                hash("SHA384withRSA"),
                hash("SHA512withRSA"),
                hash("MD5withRSA"),
                mistake(
                        "hex digest",
                        a -> a.hashAndPad = m -> a.sign("SHA256withRSA", hex(sha256(m))),
                        Cause.HASHED_TWICE),
                mistake(
                        "Base64 digest",
                        a -> a.hashAndPad =
                                m -> a.sign("SHA256withRSA", Base64.getEncoder().encode(sha256(m))),
                        Cause.HASHED_TWICE),
                mistake(
                        "digest twice",
                        a -> a.hashAndPad = m -> a.sign("SHA256withRSA", sha256(m)),
                        Cause.HASHED_TWICE),
                mistake("bare digest", a -> a.hashAndPad = m -> encrypt(a, sha256(m)), Cause.HASH_NAME_MISSING),
                mistake(
                        "bare hex digest",
                        a -> a.hashAndPad = m -> encrypt(a, hex(sha256(m))),
                        Cause.HASH_NAME_MISSING),
                mistake("no hash", a -> a.hashAndPad = m -> encrypt(a, m), Cause.NOT_HASHED),
                mistake("PSS", a -> a.hashAndPad = m -> pss(a, m, 32), Cause.PADDING_PSS),
                mistake("PSS, longest salt", a -> a.hashAndPad = m -> pss(a, m, 222), Cause.PADDING_PSS));
    }

    private static Mistake hash(String algorithm) {
        return mistake(algorithm, a -> a.hashAndPad = m -> a.sign(algorithm, m), Cause.HASH_NOT_SHA256);
    }

    private static List<Mistake> encodings() {
        Base64.Encoder base64 = Base64.getEncoder();
        return List.of(
                new Mistake("URL-safe", withPlus(Base64.getUrlEncoder()::encodeToString), Cause.SIGNATURE_URL_SAFE),
                mistake("hex", a -> a.encoding = HexFormat.of()::formatHex, Cause.SIGNATURE_IN_HEX),
                mistake(
                        "unpadded",
                        a -> a.encoding = base64.withoutPadding()::encodeToString,
                        Cause.SIGNATURE_UNPADDED),
                mistake(
                        "folded",
                        a -> a.encoding =
                                s -> Base64.getMimeEncoder().encodeToString(s).replace("\r\n", " "),
                        Cause.SIGNATURE_WITH_WHITE_SPACE),
                mistake(
                        "last line end",
                        a -> a.encoding = s -> base64.encodeToString(s) + "\\n",
                        Cause.SIGNATURE_WITH_WHITE_SPACE),
                new Mistake(
                        "form",
                        withPlus(s -> base64.encodeToString(s).replace('+', ' ')),
                        Cause.SIGNATURE_WITH_SPACE_FOR_PLUS),
                mistake(
                        "percent",
                        a -> a.encoding = s -> URLEncoder.encode(base64.encodeToString(s), UTF_8),
                        Cause.SIGNATURE_PERCENT_ENCODED),
                mistake(
                        "quoted",
                        a -> a.encoding = s -> '\'' + base64.encodeToString(s) + '\'',
                        Cause.SIGNATURE_QUOTED),
                mistake(
                        "twice",
                        a -> a.encoding = s -> base64.encodeToString(base64.encode(s)),
                        Cause.SIGNATURE_BASE64_TWICE));
    }

    /** A signature that has a plus in it, as all but a few have. */
    private static Attempt withPlus(Function<byte[], String> encoding) {
        Attempt attempt = new Attempt().signing();
        while (!attempt.authorization().contains("+")) {
            attempt.nonce += "0";
            attempt.signing();
        }
        attempt.encoding = encoding;
        return attempt;
    }

    private static List<Mistake> names() {
        return List.of(
                mistake(
                        "other merchant's key",
                        a -> a.key = Attempt.OTHER_KEYS.getPrivate(),
                        Cause.KEY_OF_OTHER_CERTIFICATE),
                mistake("old key", a -> a.key = Attempt.SECOND_KEYS.getPrivate(), Cause.KEY_OF_OTHER_CERTIFICATE),
                mistake("platform's key", a -> a.key = Attempt.PLATFORM_KEYS.getPrivate(), Cause.KEY_OF_PLATFORM),
                mistake("platform's serial", a -> a.serialNo = Attempt.PLATFORM_SERIAL, Cause.SERIAL_OF_PLATFORM),
                mistake("other's serial", a -> a.serialNo = Attempt.OTHER_SERIAL, Cause.SERIAL_OF_OTHER_CERTIFICATE),
                mistake(
                        "lower case",
                        a -> a.serialNo = Attempt.SERIAL.toLowerCase(Locale.ROOT),
                        Cause.SERIAL_LOWER_CASE),
                mistake(
                        "decimal",
                        a -> a.serialNo = new BigInteger(Attempt.SERIAL, 16).toString(),
                        Cause.SERIAL_DECIMAL),
                mistake(
                        "colons",
                        a -> a.serialNo = Attempt.SERIAL.replaceAll("..(?=.)", "$0:"),
                        Cause.SERIAL_WITH_SEPARATORS),
                mistake("no zero", a -> a.serialNo = Attempt.SERIAL.substring(1), Cause.SERIAL_LEADING_ZEROS),
                mistake("unknown serial", a -> a.serialNo = "ABCDEF", Cause.SERIAL_UNKNOWN),
                mistake("other mchid", a -> a.mchid = Attempt.OTHER_MCHID, Cause.MCHID_NOT_OF_CERTIFICATE),
                mistake(
                        "sub-merchant",
                        a -> a.body("{\"sub_mchid\":\"1900000200\"}").mchid = "1900000200",
                        Cause.MCHID_OF_SUB_MERCHANT),
                mistake("old request", a -> a.timestamp = "" + (Attempt.NOW - 301), Cause.TIMESTAMP_OUT_OF_WINDOW),
                mistake("future request", a -> a.timestamp = "" + (Attempt.NOW + 301), Cause.TIMESTAMP_OUT_OF_WINDOW),
                mistake("milliseconds", a -> a.timestamp = Attempt.NOW + "000", Cause.TIMESTAMP_IN_MILLISECONDS),
                mistake("date", a -> a.timestamp = "2024-04-24T23:06:40Z", Cause.TIMESTAMP_NOT_SECONDS));
    }

    private static List<Mistake> several() {
        Mistake three = mistake(
                "old, URL-safe, and no last line feed",
                a -> {
                    a.timestamp = "" + (Attempt.NOW - 4000);
                    a.encoding = Base64.getUrlEncoder()::encodeToString;
                },
                Cause.TIMESTAMP_OUT_OF_WINDOW,
                Cause.SIGNATURE_URL_SAFE,
                Cause.LAST_LINE_FEED_MISSING);
        three.attempt().signing(three.attempt().text().strip());
        Mistake two = mistake(
                "SHA-1 with the platform's serial",
                a -> {
                    a.hashAndPad = m -> a.sign("SHA1withRSA", m);
                    a.serialNo = Attempt.PLATFORM_SERIAL;
                },
                Cause.SERIAL_OF_PLATFORM,
                Cause.HASH_NOT_SHA256);
        Mistake pss = mistake(
                "PSS over lower-case lines",
                a -> a.hashAndPad = m -> pss(a, m, 32),
                Cause.PADDING_PSS,
                Cause.METHOD_NOT_UPPER_CASE);
        pss.attempt().signingMethod("post");
        return List.of(three, two, pss);
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(UTF_8);
    }

    private static byte[] encrypt(Attempt attempt, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, attempt.key);
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pss(Attempt attempt, byte[] message, int saltLength) {
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltLength, 1));
            signature.initSign(attempt.key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
