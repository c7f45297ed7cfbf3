package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A request of the demo merchant, signed over exactly what is sent, unless a test says otherwise. */
final class SignedRequest {
    static final String CONFIRM = "/v3/ebike/charge/contracts/aAfixCs13LsdKPpfZfDkk2189ssXjfx/confirm";
    static final String CERTIFICATES = "/v3/certificates";
    static final String NONCE = "593BEC0C930BF1AFEB40B4A08C8FB242";
    static final String DOCUMENTED_BODY = "{\"sub_mchid\":\"1900000109\",\"appid\":\"wx47c677487ce3ac47\","
            + "\"sub_appid\":\"wxcc603d9f0d54eaf0\",\"charge_info\":{\"start_time\":\"2017-08-26T09:43:39+08:00\","
            + "\"charging_station_name\":\"xxx充电站\",\"charging_gun_number\":\"6555\",\"device_id\":\"12343232\"}}";

    private static final MerchantCredentials MERCHANT = DemoKeys.load().merchant();

    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method;
    private String target;
    private String version = "HTTP/1.1";
    private byte[] body;
    private String serialNo = MERCHANT.serialNo();
    private String nonce = NONCE;
    private Duration age = Duration.ZERO;
    private Function<String, @Nullable String> authorization = signed -> signed;

    private SignedRequest(String method, String target, String body) {
        this.method = method;
        this.target = target;
        this.body = body.getBytes(UTF_8);
        headers.put("Host", "api.mch.weixin.qq.com");
        headers.put("User-Agent", "wire-test/1");
        headers.put("Accept", "application/json");
    }

    /** The documented example. */
    static SignedRequest confirm() {
        return new SignedRequest("POST", CONFIRM, DOCUMENTED_BODY).header("Content-Type", "application/json");
    }

    static SignedRequest certificates() {
        return new SignedRequest("GET", CERTIFICATES, "");
    }

    SignedRequest method(String method) {
        this.method = method;
        return this;
    }

    SignedRequest target(String target) {
        this.target = target;
        return this;
    }

    SignedRequest version(String version) {
        this.version = version;
        return this;
    }

    /** Sets a header; null leaves it out. */
    SignedRequest header(String name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    SignedRequest body(String body) {
        return body(body.getBytes(UTF_8));
    }

    SignedRequest body(byte[] body) {
        this.body = body;
        return this;
    }

    /** Replaces a piece of the body, which has to be there. */
    SignedRequest edit(String from, String to) {
        return body(replace(new String(body, UTF_8), from, to));
    }

    /** Signed this long ago. */
    SignedRequest age(Duration age) {
        this.age = age;
        return this;
    }

    SignedRequest nonce(String nonce) {
        this.nonce = nonce;
        return this;
    }

    /** Says that it is signed with the key of this certificate. */
    SignedRequest serialNo(String serialNo) {
        this.serialNo = serialNo;
        return this;
    }

    /** Replaces a piece of the {@code Authorization} value once it is signed; it has to be there. */
    SignedRequest editAuthorization(String from, String to) {
        return editAuthorization(value -> replace(value, from, to));
    }

    /** Changes the {@code Authorization} value once it is signed. */
    SignedRequest editAuthorization(UnaryOperator<String> edit) {
        authorization = authorization.andThen(edit);
        return this;
    }

    /** With this {@code Authorization}, whatever it is; null leaves it out. */
    SignedRequest authorization(@Nullable String value) {
        authorization = signed -> value;
        return this;
    }

    /** Signed by somebody else: the signature is well-formed, and does not verify. */
    SignedRequest forged() {
        return editAuthorization("signature=\"", "signature=\"AAAA");
    }

    private static String replace(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalArgumentException("There is no " + from + " in " + text);
        }
        return text.replace(from, to);
    }

    /** What goes over the wire. */
    byte[] toBytes() {
        Signer signer =
                new Signer(serialNo, MERCHANT.privateKey(), Clock.offset(FixedMock.CLOCK, age.negated()), () -> nonce);
        String signed =
                signer.signRequest(MERCHANT.mchid(), method, target, body).toHeaderValue();
        StringBuilder head = new StringBuilder(method + ' ' + target + ' ' + version + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        String authorizationValue = authorization.apply(signed);
        if (authorizationValue != null) {
            head.append("Authorization: " + authorizationValue + "\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: " + body.length + "\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "\r\n").getBytes(UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
