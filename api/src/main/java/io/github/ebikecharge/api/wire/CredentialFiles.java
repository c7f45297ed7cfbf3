package io.github.ebikecharge.api.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A merchant's keys, and those by which it knows the platform: a directory with WeChat Pay's files, or the JSON of a
 * mock's {@code GET /_mock/credentials}. Nothing has to be there until it is asked for.
 *
 * <pre>{@code
 * apiclient_key.pem, apiclient_cert.pem   merchant key and certificate; or apiclient_cert.p12
 * pub_key.pem, pub_key_id.txt             platform public key (微信支付公钥) and its ID
 * wechatpay_<serial>.pem                  platform certificates (平台证书)
 * api_v3_key.txt                          APIv3 key (APIv3密钥)
 * }</pre>
 *
 * <p>The two text files are not WeChat Pay's: what they hold, its merchant platform shows on a page.
 */
public final class CredentialFiles {
    /** Name of the file with the ID of the platform public key. */
    public static final String PUBLIC_KEY_ID = "pub_key_id.txt";

    /** Name of the file with the APIv3 key. */
    public static final String API_V3_KEY = "api_v3_key.txt";

    private static final String MERCHANT_KEY = "apiclient_key.pem";
    private static final String MERCHANT_CERTIFICATE = "apiclient_cert.pem";
    private static final String MERCHANT_PKCS12 = "apiclient_cert.p12";
    private static final String PUBLIC_KEY = "pub_key.pem";
    private static final String PLATFORM_CERTIFICATES = "wechatpay_*.pem";
    private static final Map<String, String> JSON = Map.of(
            MERCHANT_KEY, "merchant_private_key",
            MERCHANT_CERTIFICATE, "merchant_certificate",
            PUBLIC_KEY, "platform_public_key",
            PUBLIC_KEY_ID, "platform_public_key_id",
            API_V3_KEY, "api_v3_key");

    private final @Nullable Path directory;
    private final Map<String, byte[]> files;

    private CredentialFiles(@Nullable Path directory, Map<String, byte[]> files) {
        this.directory = directory;
        this.files = files;
    }

    /**
     * Reads a directory, or a file with the JSON.
     *
     * @throws IOException if it is not there, or cannot be read
     * @throws IllegalArgumentException if the file holds something else
     */
    public static CredentialFiles read(Path fileOrDirectory) throws IOException {
        if (!Files.isReadable(fileOrDirectory)) {
            throw new IOException("There is no readable file " + fileOrDirectory);
        }
        if (!Files.isDirectory(fileOrDirectory)) {
            return ofJson(Files.readAllBytes(fileOrDirectory));
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                fileOrDirectory,
                "{" + String.join(",", JSON.keySet()) + "," + MERCHANT_PKCS12 + "," + PLATFORM_CERTIFICATES + "}")) {
            for (Path file : found) {
                if (Files.isReadable(file)) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return new CredentialFiles(fileOrDirectory, files);
    }

    /**
     * Reads the JSON of {@code GET /_mock/credentials}.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public static CredentialFiles ofJson(byte[] json) {
        JsonNode fields;
        try {
            fields = WireJson.read(json, JsonNode.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not the JSON of a mock's credentials: " + e.getOriginalMessage(), e);
        }
        Map<String, byte[]> files = new TreeMap<>();
        JSON.forEach((file, field) -> {
            if (fields.path(field).isTextual()) {
                files.put(file, fields.path(field).textValue().getBytes(UTF_8));
            }
        });
        for (JsonNode entry : fields.path("platform_certificates")) {
            files.put(
                    PLATFORM_CERTIFICATES.replace("*", "%03d".formatted(files.size())),
                    entry.path("certificate").asText().getBytes(UTF_8));
        }
        return new CredentialFiles(null, files);
    }

    /**
     * Who signs, from key and certificate as PEM.
     *
     * @throws IllegalArgumentException if one of them is not there, is no PEM of its kind, or they do not belong together
     */
    public MerchantCredentials merchant() {
        return MerchantCredentials.fromPem(text(MERCHANT_KEY), text(MERCHANT_CERTIFICATE));
    }

    /**
     * Who signs, from {@code apiclient_cert.p12} where there is no key as PEM.
     *
     * @param mchid merchant number, which opens it; null if it is not known
     * @throws IllegalArgumentException as {@link #merchant()}, or if the number does not open the file
     */
    public MerchantCredentials merchant(@Nullable String mchid) {
        return pkcs12(mchid)
                .map(p12 -> MerchantCredentials.fromPkcs12(p12, String.valueOf(mchid)))
                .orElseGet(this::merchant);
    }

    /**
     * The certificate of what {@link #merchant(String)} signs with.
     *
     * @param mchid as there
     * @throws IllegalArgumentException as there
     */
    public X509Certificate merchantCertificate(@Nullable String mchid) {
        return pkcs12(mchid)
                .map(p12 -> MerchantCredentials.certificateOfPkcs12(p12, String.valueOf(mchid)))
                .orElseGet(this::merchantCertificate);
    }

    private Optional<InputStream> pkcs12(@Nullable String mchid) {
        byte[] p12 = files.get(MERCHANT_PKCS12);
        return mchid == null || p12 == null || files.containsKey(MERCHANT_KEY)
                ? Optional.empty()
                : Optional.of(new ByteArrayInputStream(p12));
    }

    /**
     * The merchant's certificate, for which no private key has to be there.
     *
     * @throws IllegalArgumentException if it is not there, or no PEM certificate
     */
    public X509Certificate merchantCertificate() {
        return Pem.readCertificate(text(MERCHANT_CERTIFICATE));
    }

    /** ID of the platform public key (微信支付公钥ID), where there is one. */
    public Optional<String> publicKeyId() {
        return optional(PUBLIC_KEY_ID);
    }

    /**
     * The platform public key (微信支付公钥), where it has an ID.
     *
     * @throws IllegalArgumentException if it has one and is not there, or is no PEM public key
     */
    public Optional<PublicKey> publicKey() {
        return publicKeyId().map(id -> Pem.readPublicKey(text(PUBLIC_KEY)));
    }

    /**
     * The platform certificates (平台证书); empty if there are none.
     *
     * @throws IllegalArgumentException if one is no PEM certificate
     */
    public List<X509Certificate> platformCertificates() {
        return files.keySet().stream()
                .filter(name -> name.startsWith("wechatpay_"))
                .map(name -> Pem.readCertificate(text(name)))
                .toList();
    }

    /**
     * All keys that answers may be signed with, by what {@code Wechatpay-Serial} calls them; empty if there are none.
     *
     * @throws IllegalArgumentException if a file does not hold what its name says
     */
    public Map<String, PublicKey> platformKeys() {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        publicKey().ifPresent(key -> keys.put(publicKeyId().orElseThrow(), key));
        platformCertificates()
                .forEach(certificate -> keys.put(Certificates.serialNo(certificate), certificate.getPublicKey()));
        return keys;
    }

    /** The APIv3 key (APIv3密钥), where it is known. */
    public Optional<String> apiV3Key() {
        return optional(API_V3_KEY);
    }

    private Optional<String> optional(String name) {
        return files.containsKey(name) ? Optional.of(text(name).strip()) : Optional.empty();
    }

    private String text(String name) {
        byte[] file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException(
                    directory == null
                            ? "Not the JSON of a mock's credentials: it has no " + JSON.get(name)
                            : "There is no readable file " + directory.resolve(name));
        }
        return new String(file, UTF_8);
    }

    /** The names of the files; never what they hold. */
    @Override
    public String toString() {
        return "CredentialFiles" + files.keySet();
    }
}
