package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Tells keys that are good at WeChat Pay from those that are made for tests. */
final class RealMerchant {
    private static final String ISSUER = "O=Tenpay.com";

    private RealMerchant() {}

    /**
     * Says whose certificate this is if WeChat Pay's certificate authority has issued it; empty for the demo merchant's, which
     * only say so, and for any of another issuer.
     */
    static Optional<String> of(X509Certificate certificate) {
        boolean real = certificate.getIssuerX500Principal().getName().contains(ISSUER) && !isDemo(certificate);
        return real
                ? Optional.of(
                        "The certificate %s of merchant %s was issued by WeChat Pay (%s): it is no demo merchant's"
                                .formatted(
                                        Certificates.serialNo(certificate),
                                        Certificates.commonName(certificate),
                                        ISSUER))
                : Optional.empty();
    }

    private static boolean isDemo(X509Certificate certificate) {
        DemoKeys demo = DemoKeys.load();
        return certificate.equals(demo.merchantCertificate()) || certificate.equals(demo.sm2MerchantCertificate());
    }
}
