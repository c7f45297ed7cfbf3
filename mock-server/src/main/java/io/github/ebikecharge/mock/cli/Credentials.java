package io.github.ebikecharge.mock.cli;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.Pem;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.client.PlatformTrust;
import io.github.ebikecharge.mock.model.MockCredentials;
import io.github.ebikecharge.mock.model.PlatformCertificateEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the commands sign with and trust.
 *
 * @param merchant who signs
 * @param platformTrust whose answers are believed
 */
record Credentials(MerchantCredentials merchant, PlatformTrust platformTrust) {
    /** The ID of the platform public key is not in any of WeChat Pay's files, so it stands beside them. */
    static final String PUBLIC_KEY_ID_FILE = "pub_key_id.txt";

    /** Nor is the APIv3 key; with it, platform certificates are downloaded. */
    private static final String API_V3_KEY_FILE = "api_v3_key.txt";

    private static final String KEY_FILE = "apiclient_key.pem";
    private static final String CERTIFICATE_FILE = "apiclient_cert.pem";

    /** From a mock. */
    static Credentials fetch(URI baseUrl) throws IOException {
        URI source = baseUrl.resolve("/_mock/credentials");
        OkHttpClient http = new OkHttpClient();
        try (Response response = http.newCall(
                        new Request.Builder().url(source.toString()).build())
                .execute()) {
            if (response.code() != 200) {
                throw new IOException(
                        "%s answered %d: it is no mock, or its control API is elsewhere or wants a token; give --credentials"
                                .formatted(source, response.code()));
            }
            return of(response.body().bytes());
        } catch (ConnectException e) {
            throw new IOException("Nothing listens at %s; start the mock first".formatted(baseUrl), e);
        }
    }

    /**
     * From the JSON of a mock's credentials, or from a directory with WeChat Pay's own files.
     *
     * @param mchid what opens {@code apiclient_cert.p12}, for a directory that has that alone
     */
    static Credentials read(Path fileOrDirectory, @Nullable String mchid) throws IOException {
        return Files.isDirectory(fileOrDirectory)
                ? new Credentials(merchant(fileOrDirectory, mchid), platformTrust(fileOrDirectory))
                : of(text(fileOrDirectory).getBytes(UTF_8));
    }

    /** As {@link #read}, where nobody's answer is to be believed: a directory needs no platform key. */
    static MerchantCredentials readMerchant(Path fileOrDirectory) throws IOException {
        return Files.isDirectory(fileOrDirectory)
                ? merchant(fileOrDirectory, null)
                : read(fileOrDirectory, null).merchant();
    }

    private static MerchantCredentials merchant(Path directory, @Nullable String mchid) throws IOException {
        Path p12 = directory.resolve("apiclient_cert.p12");
        if (!Files.exists(directory.resolve(KEY_FILE)) && Files.exists(p12) && mchid != null) {
            try (InputStream in = Files.newInputStream(p12)) {
                return MerchantCredentials.fromPkcs12(in, mchid);
            }
        }
        return MerchantCredentials.fromPem(text(directory, KEY_FILE), text(directory, CERTIFICATE_FILE));
    }

    /** As {@link #readMerchant}, where nothing is to be signed: a directory needs no private key. */
    static X509Certificate readMerchantCertificate(Path fileOrDirectory) throws IOException {
        return Pem.readCertificate(
                Files.isDirectory(fileOrDirectory)
                        ? text(fileOrDirectory, CERTIFICATE_FILE)
                        : Objects.requireNonNullElse(
                                parse(text(fileOrDirectory).getBytes(UTF_8)).merchantCertificate(), ""));
    }

    private static MockCredentials parse(byte[] json) throws IOException {
        try {
            return WireJson.read(json, MockCredentials.class);
        } catch (JacksonException e) {
            throw new IOException("Not the JSON of a mock's credentials: " + e.getOriginalMessage(), e);
        }
    }

    private static Credentials of(byte[] json) throws IOException {
        MockCredentials credentials = parse(json);
        if (Stream.of(
                        credentials.merchantPrivateKey(),
                        credentials.merchantCertificate(),
                        credentials.platformCertificates(),
                        credentials.platformPublicKeyId(),
                        credentials.platformPublicKey())
                .anyMatch(Objects::isNull)) {
            throw new IOException("Not the JSON of a mock's credentials: it lacks a key or its name");
        }
        PlatformTrust publicKey = PlatformTrust.publicKey(
                credentials.platformPublicKeyId(), Pem.readPublicKey(credentials.platformPublicKey()));
        List<X509Certificate> certificates = credentials.platformCertificates().stream()
                .map(PlatformCertificateEntry::certificate)
                .map(Pem::readCertificate)
                .toList();
        return new Credentials(
                MerchantCredentials.fromPem(credentials.merchantPrivateKey(), credentials.merchantCertificate()),
                certificates.isEmpty() ? publicKey : publicKey.and(PlatformTrust.certificates(certificates)));
    }

    private static PlatformTrust platformTrust(Path directory) throws IOException {
        List<X509Certificate> certificates;
        try (Stream<Path> files = Files.list(directory)) {
            certificates = files.filter(file -> file.getFileName().toString().matches("wechatpay_.*\\.pem"))
                    .sorted()
                    .map(Credentials::certificate)
                    .toList();
        }
        Optional<PlatformTrust> byCertificate =
                certificates.isEmpty() ? Optional.empty() : Optional.of(PlatformTrust.certificates(certificates));
        Optional<PlatformTrust> byPublicKey = Files.exists(directory.resolve(PUBLIC_KEY_ID_FILE))
                ? Optional.of(PlatformTrust.publicKey(
                        text(directory, PUBLIC_KEY_ID_FILE).strip(), Pem.readPublicKey(text(directory, "pub_key.pem"))))
                : Optional.empty();
        Optional<PlatformTrust> byDownload = Files.exists(directory.resolve(API_V3_KEY_FILE))
                ? Optional.of(PlatformTrust.downloadedCertificates(
                        text(directory, API_V3_KEY_FILE).strip()))
                : Optional.empty();
        return Stream.of(byPublicKey, byCertificate, byDownload)
                .flatMap(Optional::stream)
                .reduce(PlatformTrust::and)
                .orElseThrow(() -> new IOException(
                        "%s holds no platform key: put wechatpay_<serial>.pem there, or pub_key.pem and %s, or %s"
                                .formatted(directory, PUBLIC_KEY_ID_FILE, API_V3_KEY_FILE)));
    }

    private static String text(Path directory, String name) throws IOException {
        return text(directory.resolve(name));
    }

    private static String text(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("There is no readable file " + file);
        }
        return new String(Files.readAllBytes(file), UTF_8);
    }

    private static X509Certificate certificate(Path file) {
        try {
            return Pem.readCertificate(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
