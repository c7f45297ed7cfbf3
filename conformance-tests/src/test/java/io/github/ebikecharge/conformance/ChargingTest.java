package io.github.ebikecharge.conformance;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.junit.MockWechatPay;
import io.github.ebikecharge.mock.junit.WithFault;
import io.github.ebikecharge.mock.model.FaultKind;
import org.junit.jupiter.api.Test;

import static io.github.ebikecharge.mock.ConfirmCall.confirm;

@MockWechatPay
class ChargingTest {
    @Test
    @WithFault(kind = FaultKind.SIGNATURE_PROBE)
    void asksAgainWhenASignatureIsWrong(MockWechatPayServer wechatPay, EbikeChargeClient client) {
        client.confirmCharge("aAfixCs13LsdKPpfZfDkk2189ssXjfx", ConfirmChargeRequest.example());

        wechatPay.verify(confirm().withDeviceId("12343232"), 2);
    }
}
