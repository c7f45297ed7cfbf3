package io.github.ebikecharge.mock.hostile;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A request in parts, as yet without anything wrong. */
final class Draft {
    private static final String CONFIRM = "/v3/ebike/charge/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx/confirm";

    private static final String BODY = "{\"sub_mchid\":\"1900000109\",\"appid\":\"wx47c677487ce3ac47\","
            + "\"sub_appid\":\"wxcc603d9f0d54eaf0\",\"charge_info\":{\"start_time\":\"2017-08-26T09:43:39+08:00\","
            + "\"charging_station_name\":\"xxx充电站\",\"charging_gun_number\":\"6555\",\"device_id\":\"12343232\"}}";

    private static final MerchantCredentials MERCHANT = DemoKeys.load().merchant();

    /** Method, target and body; none of them makes the mock fail on purpose. */
    private static final List<List<String>> OF_CONTROL = List.of(
            List.of("GET", "/_mock/health", ""),
            List.of("GET", "/_mock/requests", ""),
            List.of("GET", "/_mock/requests/1/explanation", ""),
            List.of("GET", "/_mock/credentials", ""),
            List.of("GET", "/_mock/", ""),
            List.of("GET", "/_mock/events", ""),
            List.of("GET", "/_mock/notices?limit=1", ""),
            List.of("HEAD", "/_mock/openapi.yaml", ""),
            List.of("GET", "/_mock/docs", ""),
            List.of("PUT", "/_mock/configuration", "{\"assumptions\":{\"errors_signed\":true}}"),
            List.of("PATCH", "/_mock/configuration", "{\"assumptions\":{\"errors_signed\":true}}"),
            List.of("POST", "/_mock/faults", "{\"kind\":\"signature_probe\",\"count\":1}"),
            List.of("DELETE", "/_mock/faults?kind=slow", ""),
            List.of("PUT", "/_mock/contracts/other", "{\"mchid\":\"1230000109\",\"state\":\"OPENED\"}"),
            List.of("POST", "/_mock/tokens/none/use", ""),
            List.of("POST", "/_mock/notices/1/answer", "{\"answer\":\"CONFIRMED\"}"),
            List.of("PUT", "/_mock/clock", "{\"skew_ms\":1}"),
            List.of("POST", "/_mock/clock/advance", "{\"by_ms\":1}"),
            List.of("PUT", "/_mock/scenarios", "{\"scenarios\":[{\"name\":\"a\",\"steps\":[{\"delay_ms\":1}]}]}"),
            List.of("POST", "/_mock/sign", "{\"method\":\"POST\",\"target\":\"/v3/x\",\"body\":\"{}\"}"),
            List.of("POST", "/_mock/verifications", "{\"device_id\":\"12343232\",\"status\":200,\"times\":1}"),
            List.of("DELETE", "/_mock/contracts/other", ""));

    String method;
    String target;
    String version = "HTTP/1.1";
    /** One a line, without line ends. */
    final List<String> headers = new ArrayList<>();

    byte[] body;
    boolean signed;
    /** Stands for {@code Content-Length} and the body. */
    byte @Nullable [] framed;

    private Draft(String method, String target, String body) {
        this.method = method;
        this.target = target;
        this.body = body.getBytes(UTF_8);
        headers.add("Host: 127.0.0.1");
        headers.add("User-Agent: hostile/1");
        headers.add("Accept: application/json");
    }

    /** The documented example. */
    static Draft confirm() {
        Draft confirm = new Draft("POST", CONFIRM, BODY);
        confirm.headers.add("Content-Type: application/json");
        confirm.signed = true;
        return confirm;
    }

    /** Something that the mock would do. */
    static Draft any(Random random) {
        int kind = random.nextInt(10);
        if (kind < 5) {
            Draft confirm = confirm();
            confirm.signed = kind < 4;
            return confirm;
        }
        if (kind < 6) {
            Draft certificates = new Draft("GET", "/v3/certificates", "");
            certificates.signed = random.nextBoolean();
            return certificates;
        }
        List<String> one = OF_CONTROL.get(random.nextInt(OF_CONTROL.size()));
        return new Draft(one.get(0), one.get(1), one.get(2));
    }

    /** As {@link #any}, of those with a body. */
    static Draft withBody(Random random) {
        Draft draft = any(random);
        while (draft.body.length == 0) {
            draft = any(random);
        }
        return draft;
    }

    /** Adds the signature over what the draft is now. */
    void sign() {
        if (signed) {
            headers.add("Authorization: "
                    + new Signer(MERCHANT.serialNo(), MERCHANT.privateKey(), Clock.systemUTC())
                            .signRequest(MERCHANT.mchid(), method, target, body)
                            .toHeaderValue());
        }
    }

    /** Puts a header before the others, or after them. */
    void put(Random random, String header) {
        headers.add(random.nextBoolean() ? 0 : headers.size(), header);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + ' ' + target + ' ' + version + "\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (framed == null && body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        bytes.writeBytes(head.toString().getBytes(ISO_8859_1));
        if (framed == null) {
            bytes.writeBytes(new byte[] {'\r', '\n'});
            bytes.writeBytes(body);
        } else {
            bytes.writeBytes(framed);
        }
        return bytes.toByteArray();
    }
}
