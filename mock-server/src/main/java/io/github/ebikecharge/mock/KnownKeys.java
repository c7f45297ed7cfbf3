package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.KnownKey;
import io.github.ebikecharge.mock.gateway.Merchants;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Every key that a signature could come from. */
final class KnownKeys {
    private KnownKeys() {}

    static List<KnownKey> of(DemoKeys demoKeys, Merchants merchants) {
        List<KnownKey> keys = new ArrayList<>();
        merchants.forEach((mchid, serialNo, key) -> keys.add(KnownKey.ofMerchant(mchid, serialNo, key)));
        for (X509Certificate certificate :
                List.of(demoKeys.platformCertificate(), demoKeys.nextPlatformCertificate())) {
            keys.add(KnownKey.ofPlatform(Certificates.serialNo(certificate), certificate.getPublicKey()));
        }
        keys.add(KnownKey.ofPlatform(DemoKeys.PUBLIC_KEY_ID, demoKeys.publicKey()));
        return keys;
    }
}
