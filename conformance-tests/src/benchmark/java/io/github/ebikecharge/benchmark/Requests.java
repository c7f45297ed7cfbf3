package io.github.ebikecharge.benchmark;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Confirm calls as they stand on the wire, each for a session of its own; and answers, verified. */
final class Requests {
    static final String CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private static final String TARGET = "/v3/ebike/charge/contracts/" + CONTRACT_ID + "/confirm";
    private static final Clock CLOCK = Clock.systemUTC();
    private static final DemoKeys KEYS = DemoKeys.load();
    private static final MerchantCredentials MERCHANT = KEYS.merchant();
    private static final PublicKey PLATFORM_KEY = KEYS.publicKey();
    private static final AtomicLong DEVICES = new AtomicLong(1_908_456_734_986_323_456L);

    private Requests() {}

    /** Of the demo merchant; good for five minutes. Signed with all processors. */
    static List<byte[]> signed(int count) {
        Signer signer = new Signer(MERCHANT.serialNo(), MERCHANT.privateKey(), CLOCK);
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    byte[] body = body();
                    return request(
                            body,
                            "Authorization: "
                                    + signer.signRequest(MERCHANT.mchid(), "POST", TARGET, body)
                                            .toHeaderValue() + "\r\n");
                })
                .toList();
    }

    /** The same without a signature. */
    static List<byte[]> unsigned(int count) {
        return IntStream.range(0, count).mapToObj(i -> request(body(), "")).toList();
    }

    /** The body of one more session. */
    static ConfirmChargeRequest session() {
        ConfirmChargeRequest example = ConfirmChargeRequest.example();
        return example.toBuilder()
                .chargeInfo(example.chargeInfo().toBuilder()
                        .deviceId(String.valueOf(DEVICES.getAndIncrement()))
                        .build())
                .build();
    }

    private static byte[] body() {
        return WireJson.write(session());
    }

    private static byte[] request(byte[] body, String authorization) {
        byte[] head = """
                POST %s HTTP/1.1\r
                Host: 127.0.0.1\r
                Accept: application/json\r
                User-Agent: ebike-charge-benchmark\r
                Content-Type: application/json\r
                Wechatpay-Serial: %s\r
                %sContent-Length: %d\r
                \r
                """.formatted(TARGET, DemoKeys.PUBLIC_KEY_ID, authorization, body.length)
                .getBytes(ISO_8859_1);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** One answer to all of them, in WireMock's words. */
    static byte[] wireMockStub() {
        return WireJson.write(Map.of(
                "request", Map.of("method", "POST", "urlPath", TARGET),
                "response",
                        Map.of(
                                "status",
                                200,
                                "headers",
                                Map.of("Content-Type", "application/json; charset=utf-8"),
                                "jsonBody",
                                Map.of("charging_token", "MjAyNjExMjQxMjAwMDAxMjM0NTY3ODkw"))));
    }

    /** Holds that the platform signed this answer, given with its headers. */
    static void verify(byte[] answer) throws SignatureVerificationException {
        String text = new String(answer, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        text.substring(0, end)
                .lines()
                .skip(1)
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip()));
        byte[] body = Arrays.copyOfRange(answer, end + 4, answer.length);
        new Verifier(
                        serial -> serial.equals(DemoKeys.PUBLIC_KEY_ID) ? Optional.of(PLATFORM_KEY) : Optional.empty(),
                        CLOCK)
                .verify(ResponseSignature.from(headers::get), body);
        if (!new String(body, UTF_8).contains("charging_token")) {
            throw new IllegalStateException("An answer without a token: " + text);
        }
    }
}
