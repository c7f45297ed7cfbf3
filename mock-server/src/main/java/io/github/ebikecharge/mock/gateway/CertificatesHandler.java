package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.model.PlatformCertificate;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.generated.CertificatesApi;
import java.security.cert.X509Certificate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands out the platform certificates in force (下载平台证书), encrypted with the caller's APIv3 key. */
public final class CertificatesHandler implements CertificatesApi {
    private static final String SM2 = "SM2";
    private static final String ALL = "ALL";
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final PlatformKeys platformKeys;
    private final CertificateEnvelope envelope;

    /** Encrypts with the APIv3 key that every demo merchant shares. */
    public CertificatesHandler(PlatformKeys platformKeys, String apiV3Key) {
        this.platformKeys = platformKeys;
        this.envelope = new CertificateEnvelope(apiV3Key);
    }

    @Override
    public CertificateList listCertificates(Caller caller, @Nullable String algorithmType) throws Refusal {
        List<X509Certificate> certificates = new ArrayList<>();
        if (!SM2.equals(algorithmType)) {
            certificates.addAll(platformKeys.certificates());
        }
        if (SM2.equals(algorithmType) || ALL.equals(algorithmType)) {
            certificates.addAll(platformKeys.sm2Certificates());
        }
        if (certificates.isEmpty()) {
            throw Refusal.noCertificates();
        }
        return CertificateList.builder()
                .data(certificates.stream().map(this::seal).toList())
                .build();
    }

    private PlatformCertificate seal(X509Certificate certificate) {
        return PlatformCertificate.builder()
                .effectiveTime(beijing(certificate.getNotBefore()))
                .encryptCertificate(envelope.seal(certificate))
                .expireTime(beijing(certificate.getNotAfter()))
                .serialNo(Certificates.serialNo(certificate))
                .build();
    }

    private static OffsetDateTime beijing(Date date) {
        return date.toInstant().atOffset(BEIJING);
    }
}
