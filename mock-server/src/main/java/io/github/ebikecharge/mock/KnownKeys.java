package io.github.ebikecharge.mock;

import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.KnownKey;
import io.github.ebikecharge.mock.gateway.Merchants;
import java.util.ArrayList;
import java.util.List;

/** Every key that a signature could come from. */
final class KnownKeys {
    private KnownKeys() {}

    static List<KnownKey> of(DemoKeys demoKeys, Merchants merchants) {
        List<KnownKey> keys = new ArrayList<>();
        merchants.forEach((mchid, serialNo, key) -> keys.add(KnownKey.ofMerchant(mchid, serialNo, key)));
        keys.addAll(demoKeys.knownPlatformKeys());
        return keys;
    }
}
