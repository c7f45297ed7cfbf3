package io.github.ebikecharge.conformance;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.FaultKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Locale;
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

/**
 * The mock keeps the pact that the client's test has written. A signature expires, so each request is signed here, over
 * its final bytes.
 */
@Provider(ConfirmChargePactTest.PROVIDER)
@PactFolder("target/pacts")
class ConfirmChargePactIT {
    private static MockWechatPayServer wechatPay;

    /** Whether the body becomes another one once it is signed. */
    private boolean changed;

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
                                changed ? new byte[0] : body)
                        .toHeaderValue());
        context.verifyInteraction();
    }

    @State(ConfirmChargePactTest.KNOWN_CONTRACT)
    Map<String, Object> aContractOfTheCaller() {
        return Map.of("contract_id", "aAfixCs13LsdKPpfZfDkk2189ssXjfx");
    }

    @State(ConfirmChargePactTest.PAUSED_CONTRACT)
    Map<String, Object> aPausedContract() {
        return Map.of("contract_id", "demoContractPaused");
    }

    @State(ConfirmChargePactTest.NO_CONTRACT)
    Map<String, Object> noSuchContract() {
        return Map.of("contract_id", "bBfixCs13LsdKPpfZfDkk2189ssXjfx");
    }

    @State(ConfirmChargePactTest.CHANGED_REQUEST)
    Map<String, Object> aRequestThatIsChanged() {
        changed = true;
        return aContractOfTheCaller();
    }

    @State(ConfirmChargePactTest.OTHER_ANSWER)
    Map<String, Object> aContractWithAnotherAnswer(Map<String, Object> parameters) {
        String kind = String.valueOf(parameters.get("answer")).toUpperCase(Locale.ROOT);
        return Map.of("contract_id", SignedExample.contractOf(FaultKind.valueOf(kind)));
    }
}
