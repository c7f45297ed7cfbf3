package io.github.ebikecharge.mock.explain;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key that an explanation can name.
 *
 * @param mchid merchant number (商户号) of the certificate's owner; null if the key is the platform's
 * @param serial serial number of the certificate (证书序列号), or ID of the platform public key (微信支付公钥ID)
 * @param key the key, RSA or SM2; others are passed over
 */
public record KnownKey(@Nullable String mchid, String serial, PublicKey key) {
    /** A merchant's key (商户API证书). */
    public static KnownKey ofMerchant(String mchid, String serialNo, PublicKey key) {
        return new KnownKey(mchid, serialNo, key);
    }

    /** A key of the platform (平台证书, 微信支付公钥): no merchant signs with it, and none names it in {@code serial_no}. */
    public static KnownKey ofPlatform(String serial, PublicKey key) {
        return new KnownKey(null, serial, key);
    }

    boolean isPlatforms() {
        return mchid == null;
    }

    /** Whose it is, for a text. */
    String owner() {
        return mchid == null ? "WeChat Pay" : mchid;
    }
}
