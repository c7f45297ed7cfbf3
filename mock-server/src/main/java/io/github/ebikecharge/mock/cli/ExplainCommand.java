package io.github.ebikecharge.mock.cli;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.explain.Cause;
import io.github.ebikecharge.mock.explain.Explanation;
import io.github.ebikecharge.mock.explain.KnownKey;
import io.github.ebikecharge.mock.explain.SignatureExplainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description = {
            "Reads an HTTP request as it stood on the wire, and says what is wrong with its signature.",
            "Exits with 0 if the signature verifies, with 1 if it does not."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Request line, headers, an empty line, the body; or what curl -v prints (default: stdin).")
    private @Nullable Path file;

    @Mixin
    private final BodyOption body = new BodyOption();

    @Option(
            names = "--credentials",
            paramLabel = "FILE_OR_DIR",
            description = "Whose signature it may be, beside the demo merchant's: as sign takes it.")
    private @Nullable Path credentials;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When the request was sent, as in 2026-11-24T12:00:00Z (default: now).")
    private @Nullable Instant at;

    @Option(names = "--zh", description = "Explains in Chinese (中文).")
    private boolean chinese;

    @Override
    public Integer call() throws IOException {
        PastedRequest request = read();
        List<KnownKey> keys = keys(request);
        Clock clock = at == null ? Clock.systemUTC() : Clock.fixed(at, ZoneOffset.UTC);
        SignatureExplainer explainer = new SignatureExplainer(() -> keys, clock);
        Explanation asPasted = explainer.explain(request.received());
        Explanation explanation = request.withoutLastLineEnd()
                .map(explainer::explain)
                .filter(shorter -> shorter.cause() == Cause.NONE)
                .orElse(asPasted);
        PrintWriter out = spec.commandLine().getOut();
        out.println(chinese ? explanation.text().zh() : explanation.text().en());
        print(out, "expected message (验签串):", explanation.expectedMessage());
        print(out, "signed message (签名串):", explanation.signedMessage());
        out.flush();
        return explanation.cause() == Cause.NONE ? 0 : 1;
    }

    private PastedRequest read() throws IOException {
        if (file != null && !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "There is no readable file " + file);
        }
        byte[] paste = file == null ? System.in.readAllBytes() : Files.readAllBytes(file);
        try {
            return new PastedRequest(paste, body.isGiven() ? body.read(spec.commandLine()) : null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<KnownKey> keys(PastedRequest request) throws IOException {
        DemoKeys demoKeys = DemoKeys.load();
        List<KnownKey> keys = new ArrayList<>(demoKeys.knownPlatformKeys());
        keys.add(merchantKey(demoKeys.merchantCertificate()));
        if (String.valueOf(request.authorization()).startsWith(SignatureScheme.SM2_WITH_SM3.wireName())) {
            keys.add(merchantKey(demoKeys.sm2MerchantCertificate()));
        }
        if (credentials != null) {
            keys.add(merchantKey(CredentialFiles.read(credentials).merchantCertificate()));
        }
        return keys;
    }

    private static KnownKey merchantKey(X509Certificate certificate) {
        return KnownKey.ofMerchant(
                Certificates.commonName(certificate), Certificates.serialNo(certificate), certificate.getPublicKey());
    }

    private static void print(PrintWriter out, String title, @Nullable String message) {
        if (message != null) {
            out.println();
            out.println(title);
            out.println(message.replaceAll("\n$", ""));
        }
    }
}
