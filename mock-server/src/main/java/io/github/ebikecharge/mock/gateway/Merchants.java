package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.SignatureScheme;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The merchant API certificates (商户API证书) that the gateway knows, by merchant number and serial number. */
public final class Merchants {
    private static final Logger LOG = LoggerFactory.getLogger(Merchants.class);

    /** Said once, and without what the caller sent. */
    private static final String UNKNOWN =
            "A caller signs as a merchant, or with a certificate, that this mock does not know. If it is set up with a real"
                    + " merchant's key, stop it: WeChat Pay takes what it signs for five minutes, and the journal"
                    + " shows it until POST /_mock/reset. Keys for tests: export-credentials";

    private final Map<String, Map<String, PublicKey>> keysByMchid = new ConcurrentHashMap<>();
    private volatile @Nullable Supplier<X509Certificate> sm2;

    private volatile @Nullable String unsignedCaller;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Adds a certificate; its common name is the merchant number. */
    public void add(X509Certificate certificate) {
        keysByMchid
                .computeIfAbsent(Certificates.commonName(certificate), mchid -> new ConcurrentHashMap<>())
                .put(Certificates.serialNo(certificate), certificate.getPublicKey());
    }

    /** Tells each key, and whose it is. */
    public void forEach(KeyVisitor visitor) {
        keysByMchid.forEach((mchid, keys) -> keys.forEach((serialNo, key) -> visitor.visit(mchid, serialNo, key)));
    }

    /** Is told of keys. */
    @FunctionalInterface
    public interface KeyVisitor {
        /** A key, the merchant number of its owner, and the serial number of its certificate. */
        void visit(String mchid, String serialNo, PublicKey key);
    }

    /** Adds a certificate of an SM2 key, which is not looked at before somebody signs with SM2. */
    public void addSm2(Supplier<X509Certificate> certificate) {
        sm2 = certificate;
    }

    /** Names the merchant that a request without any signature is taken for, where such requests are let through. */
    public void standInForUnsigned(String mchid) {
        unsignedCaller = mchid;
    }

    Optional<String> unsignedCaller() {
        return Optional.ofNullable(unsignedCaller);
    }

    Optional<PublicKey> key(SignatureScheme scheme, String mchid, String serialNo) {
        Supplier<X509Certificate> waiting = sm2;
        if (scheme == SignatureScheme.SM2_WITH_SM3 && waiting != null) {
            add(waiting.get());
            sm2 = null;
        }
        PublicKey key = keysByMchid.getOrDefault(mchid, Map.of()).get(serialNo);
        if (key == null && !warned.getAndSet(true)) {
            LOG.warn(UNKNOWN);
        }
        return Optional.ofNullable(key);
    }
}
