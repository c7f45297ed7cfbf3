package io.github.ebikecharge.conformance;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.model.EncryptCertificate;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.SignedExample.Answer;
import io.github.ebikecharge.conformance.SignedExample.Merchant;
import io.github.ebikecharge.conformance.SignedExample.Platform;
import io.github.ebikecharge.conformance.SignedExample.Request;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.model.FaultKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Makes the signed examples: asks the mock at a fixed time, and signs its answers with a fixed nonce. What differs from
 * call to call, token and Request-ID, is that of the documents.
 */
final class SignedExampleMaker {
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_795_507_200), ZoneOffset.UTC);

    private static final String ABOUT =
            "Requests and answers of the confirm call and of GET /v3/certificates, signed with the public demo keys of the"
                    + " mock at a fixed time. `message` is what was signed (SHA256-with-RSA, PKCS#1 v1.5), to the byte in UTF-8;"
                    + " an answer without it is not signed. Test data, valid for nothing else.";
    private static final String REQUEST_NONCE = "593BEC0C930BF1AFEB40B4A08C8FB242";
    private static final String ANSWER_NONCE = "d824f2e086d3c1df967785d13fcd22ef";
    private static final String ENVELOPE_NONCE = "61f9c719728a";
    private static final String REQUEST_ID = "08F5B8C2B506102C18FDDFEEA30620BE821E28DEC405";
    private static final String TOKEN = "{\"charging_token\":\"sdjf23kdsHJfdksj8dj\"}";
    private static final String BODY = "{\"sub_mchid\":\"1900000109\",\"appid\":\"wx47c677487ce3ac47\","
            + "\"sub_appid\":\"wxcc603d9f0d54eaf0\",\"charge_info\":{\"start_time\":\"2017-08-26T09:43:39+08:00\","
            + "\"charging_station_name\":\"xxx充电站\",\"charging_gun_number\":\"6555\",\"device_id\":\"12343232\"}}";
    private static final List<FaultKind> KINDS = List.of(
            FaultKind.ACCEPTED,
            FaultKind.SUB_MCHID_MISSING,
            FaultKind.APPID_MCHID_NOT_MATCH,
            FaultKind.NO_AUTH,
            FaultKind.RULE_LIMIT,
            FaultKind.RESOURCE_NOT_EXISTS,
            FaultKind.FREQUENCY_LIMITED,
            FaultKind.RATELIMIT_EXCEEDED,
            FaultKind.RATE_LIMITED,
            FaultKind.SYSTEM_ERROR,
            FaultKind.BAD_GATEWAY,
            FaultKind.SERVICE_UNAVAILABLE);

    private final DemoKeys keys = DemoKeys.load();
    private final HttpClient http = HttpClient.newHttpClient();
    private final MockWechatPayServer wechatPay;

    private SignedExampleMaker(MockWechatPayServer wechatPay) {
        this.wechatPay = wechatPay;
    }

    static SignedExample.Collection make() throws IOException, InterruptedException {
        try (MockWechatPayServer wechatPay =
                MockWechatPayServer.builder().clock(CLOCK).start()) {
            return new SignedExampleMaker(wechatPay).collection();
        }
    }

    private SignedExample.Collection collection() throws IOException, InterruptedException {
        List<SignedExample> examples = new ArrayList<>();
        examples.add(example("confirmed", "aAfixCs13LsdKPpfZfDkk2189ssXjfx", BODY, BODY));
        String withoutAppid = BODY.replace("\"appid\":\"wx47c677487ce3ac47\",", "");
        examples.add(example("param_error", "aAfixCs13LsdKPpfZfDkk2189ssXjfx", withoutAppid, withoutAppid));
        examples.add(example("invalid_request", "demoContractPaused", BODY, BODY));
        // a body written again after it was signed, with a space
        examples.add(example("sign_error", "demoContractBound", BODY, BODY.replace("{\"start", "{ \"start")));
        examples.add(example("not_found", "unknown", BODY, BODY));
        for (FaultKind kind : KINDS) {
            examples.add(example(kind.name().toLowerCase(Locale.ROOT), SignedExample.contractOf(kind), BODY, BODY));
        }
        examples.add(example("certificates", "GET", "/v3/certificates", "", ""));
        return new SignedExample.Collection(
                ABOUT,
                CLOCK.instant().getEpochSecond(),
                new Merchant(
                        DemoKeys.MCHID,
                        keys.merchant().serialNo(),
                        Pem.write(keys.merchantCertificate()),
                        DemoKeys.API_V3_KEY),
                new Platform(DemoKeys.PUBLIC_KEY_ID, Pem.write(keys.publicKey())),
                examples);
    }

    private SignedExample example(String name, String contractId, String body, String signedBody)
            throws IOException, InterruptedException {
        return example(name, "POST", "/v3/ebike/charge/contracts/" + contractId + "/confirm", body, signedBody);
    }

    private SignedExample example(String name, String method, String target, String body, String signedBody)
            throws IOException, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        headers.put("User-Agent", "ebike-charge");
        headers.put(WechatPayHeaders.SERIAL, DemoKeys.PUBLIC_KEY_ID);
        headers.put(
                "Authorization",
                new Signer(keys.merchant().serialNo(), keys.merchant().privateKey(), CLOCK, () -> REQUEST_NONCE)
                        .signRequest(DemoKeys.MCHID, method, target, signedBody.getBytes(UTF_8))
                        .toHeaderValue());
        SignedMessage message = SignedMessage.ofRequest(
                method, target, CLOCK.instant().getEpochSecond(), REQUEST_NONCE, body.getBytes(UTF_8));
        Request request = new Request(method, target, headers, body, text(message), body.equals(signedBody));
        return new SignedExample(name, request, answer(ask(request)));
    }

    private HttpResponse<String> ask(Request request) throws IOException, InterruptedException {
        HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(wechatPay.baseUrl() + request.target()))
                .method(request.method(), BodyPublishers.ofString(request.body()));
        request.headers().forEach(asked::header);
        return http.send(asked.build(), BodyHandlers.ofString());
    }

    private Answer answer(HttpResponse<String> came) throws JacksonException {
        String body = settled(came);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", came.headers().firstValue("Content-Type").orElseThrow());
        came.headers()
                .firstValue(WechatPayHeaders.REQUEST_ID)
                .ifPresent(id -> headers.put(WechatPayHeaders.REQUEST_ID, id.replaceFirst("^[0-9A-F]+", REQUEST_ID)));
        if (came.headers().firstValue(WechatPayHeaders.SIGNATURE).isEmpty()) {
            return new Answer(came.statusCode(), headers, body, null);
        }
        headers.putAll(new Signer(DemoKeys.PUBLIC_KEY_ID, keys.publicKeyPrivate(), CLOCK, () -> ANSWER_NONCE)
                .signResponse(body.getBytes(UTF_8))
                .toHeaders());
        SignedMessage message =
                SignedMessage.ofResponse(CLOCK.instant().getEpochSecond(), ANSWER_NONCE, body.getBytes(UTF_8));
        return new Answer(came.statusCode(), headers, body, text(message));
    }

    /** Token and encryption are other ones with each call: these are always the same. */
    private static String settled(HttpResponse<String> came) throws JacksonException {
        if (came.statusCode() != 200) {
            return came.body();
        }
        if (!came.body().startsWith("{\"data\":")) {
            return TOKEN;
        }
        CertificateList list = WireJson.read(came.body().getBytes(UTF_8), CertificateList.class);
        return new String(
                WireJson.write(list.toBuilder()
                        .data(list.data().stream()
                                .map(each -> each.toBuilder()
                                        .encryptCertificate(encrypted(each.encryptCertificate()))
                                        .build())
                                .toList())
                        .build()),
                UTF_8);
    }

    private static EncryptCertificate encrypted(EncryptCertificate fresh) {
        byte[] certificate = Pem.write(new CertificateEnvelope(DemoKeys.API_V3_KEY).open(fresh))
                .getBytes(UTF_8);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(DemoKeys.API_V3_KEY.getBytes(UTF_8), "AES"),
                    new GCMParameterSpec(128, ENVELOPE_NONCE.getBytes(UTF_8)));
            cipher.updateAAD(fresh.associatedData().getBytes(UTF_8));
            String ciphertext = Base64.getEncoder().encodeToString(cipher.doFinal(certificate));
            return fresh.toBuilder()
                    .ciphertext(ciphertext)
                    .nonce(ENVELOPE_NONCE)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(SignedMessage message) {
        return new String(message.toBytes(), UTF_8);
    }
}
