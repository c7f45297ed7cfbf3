package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.model.AcceptedResponse;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.gateway.Answer.Delivery;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What each fault does to a call: refuses it before the service acts, or changes the answer. */
final class Disturbance {
    /** Begins a signature that is wrong on purpose, to see whether the caller verifies (签名探测流量). */
    private static final String PROBE_PREFIX = "WECHATPAY/SIGNTEST/";
    /** As many bytes as the published sample has; not even those of an RSA-2048 signature. */
    private static final int PROBE_BYTES = 250;

    private static final int SERIAL_BYTES = 20;
    private static final Duration OUT_OF_RANGE = Duration.ofSeconds(301);
    private static final String PAGE = "<html>\r\n<head><title>%1$s</title></head>\r\n<body>\r\n<center><h1>%1$s</h1>"
            + "</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Fault fault;
    private final BiFunction<byte[], Duration, ResponseSignature> sign;
    private final Supplier<String> otherSerial;

    /**
     * @param sign signs a body as the answer is signed, its timestamp moved by so much
     * @param otherSerial names a platform key other than the one that signs
     */
    Disturbance(Fault fault, BiFunction<byte[], Duration, ResponseSignature> sign, Supplier<String> otherSerial) {
        this.fault = fault;
        this.sign = sign;
        this.otherSerial = otherSerial;
    }

    /** Refuses the call if that is what the fault does. */
    void refuse() throws Refusal {
        switch (fault.kind()) {
            case FREQUENCY_LIMITED, RATELIMIT_EXCEEDED, RATE_LIMITED ->
                throw Refusal.tooManyRequests(Faults.name(fault.kind()).toUpperCase(Locale.ROOT));
            case NO_AUTH -> throw Refusal.noAuth();
            case RULE_LIMIT -> throw Refusal.ruleLimit();
            case APPID_MCHID_NOT_MATCH -> throw Refusal.appidMismatch();
            case MCHID_MISMATCH -> throw Refusal.merchantMismatch();
            case SUB_MCHID_MISSING -> throw Refusal.subMerchantMissing();
            case INVALID_REQUEST -> throw Refusal.invalidRequest();
            case RESOURCE_NOT_EXISTS -> throw Refusal.resourceNotExists();
            case CERTIFICATE_EXPIRED -> throw Refusal.certificateExpired();
            case CERTIFICATE_REVOKED -> throw Refusal.certificateRevoked();
            case CERTIFICATE_REPLACED -> throw Refusal.certificateReplaced();
            case SYSTEM_ERROR -> throw Refusal.systemError();
            default -> {}
        }
    }

    /** Whether the service is kept from acting. */
    boolean comesBeforeTheService() {
        return switch (fault.kind()) {
            case RESET_BEFORE_PROCESSING,
                    ACCEPTED,
                    BAD_GATEWAY,
                    SERVICE_UNAVAILABLE,
                    EMPTY_ERROR,
                    ARRAY_ERROR,
                    NULL_CODE_ERROR -> true;
            default -> false;
        };
    }

    /** The answer in place of the right one. */
    Answer disturb(Answer answer) {
        return switch (fault.kind()) {
            case SIGNATURE_PROBE -> answer.with(WechatPayHeaders.SIGNATURE, PROBE_PREFIX + random(PROBE_BYTES));
            case WRONG_BODY_BYTE -> answer.withBody(flipped(answer.body()));
            case WRONG_SERIAL -> answer.with(WechatPayHeaders.SERIAL, otherSerial.get());
            case UNKNOWN_SERIAL -> answer.with(WechatPayHeaders.SERIAL, unknownSerial());
            case STALE_TIMESTAMP -> answer.signed(sign.apply(answer.body(), OUT_OF_RANGE.negated()));
            case FUTURE_TIMESTAMP -> answer.signed(sign.apply(answer.body(), OUT_OF_RANGE));
            case MISSING_SIGNATURE -> answer.without(WechatPayHeaders.SIGNATURE);
            case MISSING_TIMESTAMP -> answer.without(WechatPayHeaders.TIMESTAMP);
            case MISSING_NONCE -> answer.without(WechatPayHeaders.NONCE);
            case MISSING_SERIAL -> answer.without(WechatPayHeaders.SERIAL);
            case MISSING_SIGNATURE_TYPE -> answer.without(WechatPayHeaders.SIGNATURE_TYPE);
            case MISSING_REQUEST_ID -> answer.withoutRequestId();
            case MISSING_CONTENT_TYPE -> answer.withoutContentType();
            case ACCEPTED ->
                signed(
                        202,
                        WireJson.write(AcceptedResponse.builder()
                                .tradeState("USERPAYING")
                                .build()),
                        0);
            case BAD_GATEWAY -> html(502, "502 Bad Gateway");
            case SERVICE_UNAVAILABLE -> html(503, "503 Service Temporarily Unavailable");
            case EMPTY_ERROR -> signed(500, new byte[0], Refusal.systemError().number());
            case ARRAY_ERROR ->
                signed(500, "[]".getBytes(US_ASCII), Refusal.systemError().number());
            case NULL_CODE_ERROR ->
                signed(
                        500,
                        "{\"code\":null,\"message\":null}".getBytes(US_ASCII),
                        Refusal.systemError().number());
            case SLOW -> answer.delayed(Duration.ofMillis(fault.delayMs()));
            case RESET_BEFORE_PROCESSING, RESET_AFTER_PROCESSING -> answer.delivered(Delivery.RESET);
            case TRUNCATED_BODY -> answer.delivered(Delivery.TRUNCATED);
            default -> answer; // refused before
        };
    }

    private Answer signed(int status, byte[] body, long number) {
        return Answer.of(status, body, number).signed(sign.apply(body, Duration.ZERO));
    }

    private static Answer html(int status, String title) {
        return Answer.html(status, PAGE.formatted(title).getBytes(US_ASCII));
    }

    private static byte[] flipped(byte[] body) {
        byte[] changed = body.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String unknownSerial() {
        byte[] bytes = new byte[SERIAL_BYTES];
        RANDOM.nextBytes(bytes);
        bytes[0] |= 0x40; // no leading zero
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** What struck, for the journal. */
    FaultKind kind() {
        return fault.kind();
    }
}
