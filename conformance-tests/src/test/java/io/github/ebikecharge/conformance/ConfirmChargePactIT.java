package io.github.ebikecharge.conformance;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** The mock keeps the pact that the client's test has written. A signature expires, so each request is signed here. */
@Provider(ConfirmChargePactTest.PROVIDER)
@PactFolder("target/pacts")
class ConfirmChargePactIT {
    private static MockWechatPayServer wechatPay;

    @BeforeAll
    static void start() {
        wechatPay = MockWechatPayServer.start();
    }

    @AfterAll
    static void stop() {
        wechatPay.close();
    }

    @BeforeEach
    void target(PactVerificationContext context) {
        context.setTarget(new HttpTestTarget(
                wechatPay.baseUrl().getHost(), wechatPay.baseUrl().getPort()));
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void keepsThePact(PactVerificationContext context, HttpRequest request) throws IOException, URISyntaxException {
        HttpEntity entity = ((ClassicHttpRequest) request).getEntity();
        byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
        Signer signer =
                new Signer(wechatPay.merchant().serialNo(), wechatPay.merchant().privateKey(), Clock.systemUTC());
        request.setHeader(
                "Authorization",
                signer.signRequest(
                                wechatPay.merchant().mchid(),
                                request.getMethod(),
                                request.getUri().getRawPath(),
                                body)
                        .toHeaderValue());
        context.verifyInteraction();
    }

    @State(ConfirmChargePactTest.KNOWN_CONTRACT)
    Map<String, Object> aContractOfTheCaller() {
        return Map.of("contract_id", "aAfixCs13LsdKPpfZfDkk2189ssXjfx");
    }

    @State(ConfirmChargePactTest.NO_CONTRACT)
    Map<String, Object> noSuchContract() {
        return Map.of("contract_id", "bBfixCs13LsdKPpfZfDkk2189ssXjfx");
    }
}
