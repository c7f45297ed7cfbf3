package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the kit signs with, and by which keys it knows the server.
 *
 * @param merchant who signs
 * @param publicKeyId names the platform public key (微信支付公钥ID), where there is one
 * @param platformKeys keys that may sign answers, by what {@code Wechatpay-Serial} calls them
 * @param apiV3Key opens what {@code /v3/certificates} answers, if known
 */
record Credentials(
        MerchantCredentials merchant,
        @Nullable String publicKeyId,
        Map<String, PublicKey> platformKeys,
        @Nullable String apiV3Key) {

    /**
     * Reads the JSON of {@code GET /_mock/credentials}, or a directory with WeChat Pay's files: {@code apiclient_key.pem},
     * {@code apiclient_cert.pem}, and {@code pub_key.pem} with {@code pub_key_id.txt}, {@code wechatpay_<serial>.pem} or
     * {@code api_v3_key.txt}.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if one does not hold what its name says
     */
    static Credentials read(Path fileOrDirectory) throws IOException {
        Credentials credentials =
                Files.isDirectory(fileOrDirectory) ? directory(fileOrDirectory) : json(fileOrDirectory);
        if (!credentials.merchant.privateKey().getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException(
                    "The merchant's key is not RSA: the kit signs %s only".formatted("WECHATPAY2-SHA256-RSA2048"));
        }
        if (credentials.platformKeys.isEmpty() && credentials.apiV3Key == null) {
            throw new IllegalArgumentException(
                    fileOrDirectory + " names no platform key: add pub_key.pem with pub_key_id.txt,"
                            + " wechatpay_<serial>.pem or api_v3_key.txt");
        }
        return credentials;
    }

    private static Credentials json(Path file) throws IOException {
        JsonNode json;
        try {
            json = WireJson.read(Files.readAllBytes(file), JsonNode.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + " is not the JSON of a mock's credentials: " + e.getOriginalMessage(), e);
        }
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        String publicKeyId = json.path("platform_public_key_id").textValue();
        String publicKey = json.path("platform_public_key").textValue();
        if (publicKeyId != null && publicKey != null) {
            keys.put(publicKeyId, Pem.readPublicKey(publicKey));
        }
        for (JsonNode entry : json.path("platform_certificates")) {
            add(keys, Pem.readCertificate(entry.path("certificate").asText()));
        }
        return new Credentials(
                MerchantCredentials.fromPem(
                        required(json, "merchant_private_key", file), required(json, "merchant_certificate", file)),
                publicKeyId,
                keys,
                json.path("api_v3_key").textValue());
    }

    private static String required(JsonNode json, String name, Path file) {
        String value = json.path(name).textValue();
        if (value == null) {
            throw new IllegalArgumentException(file + " is not the JSON of a mock's credentials: it has no " + name);
        }
        return value;
    }

    private static Credentials directory(Path directory) throws IOException {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        String publicKeyId = text(directory, "pub_key_id.txt").orElse(null);
        Optional<String> publicKey = text(directory, "pub_key.pem");
        if (publicKeyId != null && publicKey.isPresent()) {
            keys.put(publicKeyId, Pem.readPublicKey(publicKey.get()));
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "wechatpay_*.pem")) {
            for (Path file : files) {
                add(keys, Pem.readCertificate(Files.readString(file)));
            }
        }
        return new Credentials(
                MerchantCredentials.fromPem(
                        Files.readString(directory.resolve("apiclient_key.pem")),
                        Files.readString(directory.resolve("apiclient_cert.pem"))),
                publicKeyId,
                keys,
                text(directory, "api_v3_key.txt").orElse(null));
    }

    private static Optional<String> text(Path directory, String name) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(name)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void add(Map<String, PublicKey> keys, X509Certificate certificate) {
        keys.put(Certificates.serialNo(certificate), certificate.getPublicKey());
    }

    /** Not the keys: they do not belong in a log. */
    @Override
    public String toString() {
        return "Credentials[mchid=%s, platformKeys=%s]".formatted(merchant.mchid(), platformKeys.keySet());
    }
}
