package io.github.ebikecharge.mock.explain;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A caller's attempt to sign and send a request; right as it is, each field a place for a mistake. */
final class Attempt {
    static final String MCHID = "1230000109";
    static final String OTHER_MCHID = "1900000109";
    static final String SERIAL = "0E3A7C9142D8B06F1A2B3C4D5E6F708192A3B4C5";
    static final String SECOND_SERIAL = "6F3A7C9142D8B06F1A2B3C4D5E6F708192A3B4C6";
    static final String OTHER_SERIAL = "7A3A7C9142D8B06F1A2B3C4D5E6F708192A3B4C7";
    static final String PLATFORM_SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
    static final KeyPair KEYS = newKeys("RSA", 2048);
    static final KeyPair SECOND_KEYS = newKeys("RSA", 2048);
    static final KeyPair OTHER_KEYS = newKeys("RSA", 2048);
    static final KeyPair PLATFORM_KEYS = newKeys("RSA", 2048);
    static final KeyPair UNKNOWN_KEYS = newKeys("RSA", 2048);
    private static final KeyPair ELLIPTIC_CURVE_KEYS = newKeys("EC", 256);
    static final long NOW = 1_714_000_000;

    private static final List<KnownKey> KNOWN_KEYS = List.of(
            KnownKey.ofMerchant(MCHID, "EC", ELLIPTIC_CURVE_KEYS.getPublic()),
            KnownKey.ofPlatform(PLATFORM_SERIAL, PLATFORM_KEYS.getPublic()),
            KnownKey.ofMerchant(OTHER_MCHID, OTHER_SERIAL, OTHER_KEYS.getPublic()),
            KnownKey.ofMerchant(MCHID, SECOND_SERIAL, SECOND_KEYS.getPublic()),
            KnownKey.ofMerchant(MCHID, SERIAL, KEYS.getPublic()));
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    private static final SignatureExplainer EXPLAINER = new SignatureExplainer(() -> KNOWN_KEYS, CLOCK);

    String method = "POST";
    String target = "/v3/ebike/charge/contracts/contract-ok/confirm";
    String timestamp = "" + NOW;
    String nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
    byte[] body = "{\"appid\":\"wx47c677487ce3ac47\",\"charge_info\":{\"device_id\":\"12343232\"}}".getBytes(UTF_8);
    String mchid = MCHID;
    String serialNo = SERIAL;
    PrivateKey key = KEYS.getPrivate();
    UnaryOperator<byte[]> hashAndPad = message -> sign("SHA256withRSA", message);
    Function<byte[], String> encoding = Base64.getEncoder()::encodeToString;
    UnaryOperator<String> header = UnaryOperator.identity();
    byte[] signed = new byte[0];

    /** Sends this body, and signs it, unless told otherwise. */
    Attempt body(String text) {
        body = text.getBytes(UTF_8);
        return this;
    }

    Attempt target(String text) {
        target = text;
        return this;
    }

    /** Signs the lines as they should be. */
    Attempt signing() {
        return signing(text());
    }

    Attempt signing(String message) {
        return signing(message.getBytes(UTF_8));
    }

    Attempt signing(byte[] message) {
        signed = message;
        return this;
    }

    Attempt signingLines(String... lines) {
        return signing(String.join("\n", lines) + "\n");
    }

    Attempt signingMethod(String other) {
        return signingLines(other, target, timestamp, nonce, new String(body, UTF_8));
    }

    Attempt signingTarget(String other) {
        return signingLines(method, other, timestamp, nonce, new String(body, UTF_8));
    }

    Attempt signingTimestamp(String other) {
        return signingLines(method, target, other, nonce, new String(body, UTF_8));
    }

    Attempt signingNonce(String other) {
        return signingLines(method, target, timestamp, other, new String(body, UTF_8));
    }

    Attempt signingBody(String other) {
        return signingLines(method, target, timestamp, nonce, other);
    }

    Attempt signingBody(byte[] other) {
        byte[] head = String.join("\n", method, target, timestamp, nonce, "").getBytes(UTF_8);
        var message = new ByteArrayOutputStream();
        message.writeBytes(head);
        message.writeBytes(other);
        message.write('\n');
        return signing(message.toByteArray());
    }

    /** The message as it should be. */
    String text() {
        return String.join("\n", method, target, timestamp, nonce, new String(body, UTF_8)) + "\n";
    }

    byte[] sign(String algorithm, byte[] message) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String authorization() {
        return header.apply(
                "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",timestamp=\"%s\",serial_no=\"%s\",signature=\"%s\""
                        .formatted(mchid, nonce, timestamp, serialNo, encoding.apply(hashAndPad.apply(signed))));
    }

    Explanation explain() {
        return explain(authorization());
    }

    Explanation explain(@Nullable String authorization) {
        return EXPLAINER.explain(received(authorization));
    }

    /** As {@link #explain(String)}, but gives up after so many messages. */
    Explanation explain(@Nullable String authorization, int maxMessages) {
        return new SignatureExplainer(() -> KNOWN_KEYS, CLOCK, maxMessages).explain(received(authorization));
    }

    private ReceivedRequest received(@Nullable String authorization) {
        return new ReceivedRequest(method, target, authorization, body, "http://localhost:8080");
    }

    private static KeyPair newKeys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
