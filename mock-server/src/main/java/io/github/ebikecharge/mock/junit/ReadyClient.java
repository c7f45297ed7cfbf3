package io.github.ebikecharge.mock.junit;

import io.github.ebikecharge.client.EbikeChargeClient;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.MockWechatPayServer;

/** A client that is led to the mock. Loaded no sooner than a test asks for one: the client may not be there. */
final class ReadyClient implements AutoCloseable {
    private final EbikeChargeClient client;

    ReadyClient(MockWechatPayServer wechatPay) {
        client = EbikeChargeClient.builder()
                .baseUrl(wechatPay.baseUrl())
                .merchant(wechatPay.merchant())
                .platformTrust(PlatformTrust.publicKey(wechatPay.publicKeyId(), wechatPay.publicKey()))
                .clock(wechatPay.clock())
                .build();
    }

    Object get() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
