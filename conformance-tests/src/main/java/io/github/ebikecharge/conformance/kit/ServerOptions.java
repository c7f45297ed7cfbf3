package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of the mode that holds a server to the protocol. */
final class ServerOptions {
    @Option(names = "--target", required = true, paramLabel = "URL", description = "Scheme, host and port to call.")
    @SuppressWarnings("NullAway.Init")
    private URI target;

    @Option(
            names = "--credentials",
            required = true,
            paramLabel = "FILE_OR_DIR",
            description = "JSON of a mock's GET /_mock/credentials, or a directory with WeChat Pay's files:"
                    + " apiclient_key.pem and apiclient_cert.pem; pub_key.pem with pub_key_id.txt,"
                    + " wechatpay_<serial>.pem, api_v3_key.txt.")
    @SuppressWarnings("NullAway.Init")
    private Path credentials;

    @Option(
            names = "--contract-id",
            defaultValue = "aAfixCs13LsdKPpfZfDkk2189ssXjfx",
            description = "A contract that the server knows (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String contractId;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "Body of a confirm call that the server serves (default: the document's example).")
    private @Nullable Path body;

    /** @throws ParameterException if an option does not hold what it should */
    ServerUnderTest server(CommandLine command) {
        if (target.getHost() == null || !String.valueOf(target.getScheme()).matches("https?")) {
            throw new ParameterException(command, "--target takes http://HOST:PORT, not " + target);
        }
        if (!Set.of("", "/").contains(target.getRawPath())
                || target.getRawQuery() != null
                || target.getUserInfo() != null) {
            throw new ParameterException(
                    command,
                    "--target takes scheme, host and port alone, not %s: the paths of API v3 are signed from the root"
                            .formatted(target));
        }
        return new ServerUnderTest(target, credentials(command), contractId, body(command), Clock.systemUTC());
    }

    private CredentialFiles credentials(CommandLine command) {
        try {
            CredentialFiles files = CredentialFiles.read(credentials);
            if (!files.merchant().privateKey().getAlgorithm().equals("RSA")) {
                throw new IllegalArgumentException(
                        "the merchant's key is not RSA: the kit signs WECHATPAY2-SHA256-RSA2048 only");
            }
            if (files.platformKeys().isEmpty() && files.apiV3Key().isEmpty()) {
                throw new IllegalArgumentException(
                        credentials + " holds no platform key: put pub_key.pem with pub_key_id.txt there,"
                                + " wechatpay_<serial>.pem or api_v3_key.txt");
            }
            return files;
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(command, "--credentials: " + e.getMessage(), e);
        }
    }

    private byte[] body(CommandLine command) {
        if (body == null) {
            return WireJson.write(ConfirmChargeRequest.example());
        }
        try {
            byte[] bytes = Files.readAllBytes(body);
            WireJson.read(bytes, ConfirmChargeRequest.class);
            return bytes;
        } catch (IOException e) {
            throw new ParameterException(
                    command, "--body %s is not the JSON of a confirm request: %s".formatted(body, e.getMessage()), e);
        }
    }
}
