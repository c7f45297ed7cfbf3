package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/** Downloads platform certificates as a new caller does, who can verify nothing yet. */
final class Certificates {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Certificates() {}

    static CertificateList download(MockWechatPayServer wechatPay, String algorithmType)
            throws IOException, InterruptedException {
        String target = "/v3/certificates?algorithm_type=" + algorithmType;
        Signer signer =
                new Signer(wechatPay.merchant().serialNo(), wechatPay.merchant().privateKey(), Clock.systemUTC());
        HttpRequest request = HttpRequest.newBuilder(wechatPay.baseUrl().resolve(target))
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        signer.signRequest(wechatPay.merchant().mchid(), "GET", target, new byte[0])
                                .toHeaderValue())
                .build();
        byte[] body =
                HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        return WireJson.read(body, CertificateList.class);
    }

    static List<X509Certificate> open(MockWechatPayServer wechatPay) throws IOException, InterruptedException {
        CertificateEnvelope envelope = new CertificateEnvelope(wechatPay.apiV3Key());
        return download(wechatPay, "RSA").data().stream()
                .map(certificate -> envelope.open(certificate.encryptCertificate()))
                .toList();
    }
}
