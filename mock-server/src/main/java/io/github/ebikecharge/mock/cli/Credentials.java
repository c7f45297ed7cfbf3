package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.client.PlatformTrust;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What the client is set up with: asked of a mock, or turned into what it trusts. */
final class Credentials {
    private Credentials() {}

    /** From a mock. */
    static CredentialFiles fetch(URI baseUrl) throws IOException {
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
            return CredentialFiles.ofJson(response.body().bytes());
        } catch (ConnectException e) {
            throw new IOException("Nothing listens at %s; start the mock first".formatted(baseUrl), e);
        }
    }

    /** Every platform key that is there; certificates are downloaded only where none is. */
    static PlatformTrust trust(CredentialFiles files) {
        List<X509Certificate> certificates = files.platformCertificates();
        return Stream.of(
                        files.publicKey()
                                .map(key -> PlatformTrust.publicKey(
                                        files.publicKeyId().orElseThrow(), key)),
                        certificates.isEmpty()
                                ? files.apiV3Key().map(PlatformTrust::downloadedCertificates)
                                : Optional.of(PlatformTrust.certificates(certificates)))
                .flatMap(Optional::stream)
                .reduce(PlatformTrust::and)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--credentials holds no platform key: put wechatpay_<serial>.pem there, or pub_key.pem and %s, or %s"
                                .formatted(CredentialFiles.PUBLIC_KEY_ID, CredentialFiles.API_V3_KEY)));
    }
}
