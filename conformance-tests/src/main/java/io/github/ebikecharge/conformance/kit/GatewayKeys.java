package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.Pkcs12;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The keys of the hostile gateway, the same in every copy. They are public: nothing else should ever trust them. */
final class GatewayKeys {
    static final String API_V3_KEY = "EbikeChargeHostileGatewayKey0001";
    static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026112500000000000001";

    private static final char[] PASSWORD = "hostile".toCharArray();

    private final KeyStore store;

    GatewayKeys() {
        try (InputStream file = Objects.requireNonNull(GatewayKeys.class.getResourceAsStream("gateway.p12"))) {
            store = Pkcs12.open(file, PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The keys in the jar cannot be read", e);
        }
    }

    private PrivateKey key(String alias) {
        try {
            return (PrivateKey) store.getKey(alias, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys in the jar lack " + alias, e);
        }
    }

    private X509Certificate certificate(String alias) {
        try {
            return (X509Certificate) store.getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys in the jar lack " + alias, e);
        }
    }

    MerchantCredentials merchant() {
        return MerchantCredentials.fromPem(Pem.write(key("merchant")), Pem.write(certificate("merchant")));
    }

    X509Certificate merchantCertificate() {
        return certificate("merchant");
    }

    X509Certificate platformCertificate() {
        return certificate("certificate");
    }

    String platformSerial() {
        return Certificates.serialNo(platformCertificate());
    }

    PrivateKey platformKey() {
        return key("certificate");
    }

    PublicKey publicKey() {
        return certificate("public-key").getPublicKey();
    }

    PrivateKey publicKeyPrivate() {
        return key("public-key");
    }

    /** A key that no client is told of. */
    PrivateKey strangersKey() {
        return key("stranger");
    }

    /** All that a client is set up with, under the names of a mock's {@code GET /_mock/credentials}. */
    Map<String, Object> toJson(String baseUrl) {
        return Map.of(
                "base_url",
                baseUrl,
                "mchid",
                merchant().mchid(),
                "merchant_serial_no",
                merchant().serialNo(),
                "merchant_private_key",
                Pem.write(key("merchant")),
                "merchant_certificate",
                Pem.write(merchantCertificate()),
                "platform_public_key_id",
                PUBLIC_KEY_ID,
                "platform_public_key",
                Pem.write(publicKey()),
                "platform_certificates",
                List.of(Map.of("serial_no", platformSerial(), "certificate", Pem.write(platformCertificate()))),
                "api_v3_key",
                API_V3_KEY);
    }

    /** The same under the file names of WeChat Pay. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("apiclient_key.pem"), Pem.write(key("merchant")));
        Files.writeString(directory.resolve("apiclient_cert.pem"), Pem.write(merchantCertificate()));
        Files.writeString(directory.resolve("pub_key.pem"), Pem.write(publicKey()));
        Files.writeString(directory.resolve(CredentialFiles.PUBLIC_KEY_ID), PUBLIC_KEY_ID + "\n");
        Files.writeString(directory.resolve(CredentialFiles.API_V3_KEY), API_V3_KEY + "\n");
        Files.writeString(
                directory.resolve("wechatpay_" + platformSerial() + ".pem"), Pem.write(platformCertificate()));
    }
}
