package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.gateway.PlatformKeys;
import io.github.ebikecharge.mock.generated.control.ControlApi;
import io.github.ebikecharge.mock.generated.control.model.Health;
import io.github.ebikecharge.mock.generated.control.model.MockCredentials;
import io.github.ebikecharge.mock.generated.control.model.PlatformCertificateEntry;
import java.security.cert.X509Certificate;

/** What the control API does. */
public final class Control implements ControlApi {
    private final DemoKeys demoKeys;
    private final PlatformKeys platformKeys;

    /** Controls a mock with these keys. */
    public Control(DemoKeys demoKeys, PlatformKeys platformKeys) {
        this.demoKeys = demoKeys;
        this.platformKeys = platformKeys;
    }

    @Override
    public Health getHealth() {
        return new Health("UP");
    }

    @Override
    public MockCredentials getCredentials() {
        MerchantCredentials merchant = demoKeys.merchant();
        return new MockCredentials(
                merchant.mchid(),
                merchant.serialNo(),
                Pem.write(merchant.privateKey()),
                Pem.write(demoKeys.merchantCertificate()),
                DemoKeys.API_V3_KEY,
                platformKeys.certificates().stream().map(Control::entry).toList(),
                platformKeys.publicKeyId(),
                Pem.write(platformKeys.publicKey()));
    }

    private static PlatformCertificateEntry entry(X509Certificate certificate) {
        return new PlatformCertificateEntry(Certificates.serialNo(certificate), Pem.write(certificate));
    }
}
