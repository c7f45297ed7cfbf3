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
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/** {@code explain}: why the signature of a request fails. */
final class ExplainCommand implements Command {
    private static final Option CREDENTIALS = Command.option(
            "credentials", "FILE_OR_DIR", "Whose signature it may be, beside the demo merchant's: as sign takes it.");
    private static final Option AT =
            Command.option("at", "TIME", "When the request was sent, as in 2026-11-24T12:00:00Z (default: now).");
    private static final Option ZH = Command.flag("zh", "Explains in Chinese (中文).");

    @Override
    public List<String> description() {
        return List.of(
                "Reads an HTTP request as it stood on the wire, and says what is wrong with its signature.",
                "FILE holds request line, headers, an empty line, the body; or what curl -v prints (default: stdin).",
                "Exits with 0 if the signature verifies, with 1 if it does not.");
    }

    @Override
    public String operand() {
        return "[FILE]";
    }

    @Override
    public List<Option> options() {
        return List.of(BodyOption.OPTION, CREDENTIALS, AT, ZH);
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        Clock clock = arguments
                .get(AT, "a time as 2026-11-24T12:00:00Z", Instant::parse)
                .map(at -> Clock.fixed(at, ZoneOffset.UTC))
                .orElseGet(Clock::systemUTC);
        PastedRequest request = read(arguments);
        List<KnownKey> keys = keys(request, arguments.path(CREDENTIALS));
        SignatureExplainer explainer = new SignatureExplainer(() -> keys, clock);
        Explanation asPasted = explainer.explain(request.received());
        Explanation explanation = request.withoutLastLineEnd()
                .map(explainer::explain)
                .filter(shorter -> shorter.cause() == Cause.NONE)
                .orElse(asPasted);
        PrintStream out = arguments.out();
        out.println(
                arguments.has(ZH) ? explanation.text().zh() : explanation.text().en());
        print(out, "expected message (验签串):", explanation.expectedMessage());
        print(out, "signed message (签名串):", explanation.signedMessage());
        return explanation.cause() == Cause.NONE ? 0 : 1;
    }

    private static PastedRequest read(Arguments arguments) throws IOException {
        Path file = arguments.operandPath("FILE").orElse(null);
        if (file != null && !Files.isReadable(file)) {
            throw new UsageException("There is no readable file " + file);
        }
        byte[] paste = file == null ? System.in.readAllBytes() : Files.readAllBytes(file);
        try {
            return new PastedRequest(paste, BodyOption.read(arguments).orElse(null));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<KnownKey> keys(PastedRequest request, Optional<Path> credentials) throws IOException {
        DemoKeys demoKeys = DemoKeys.load();
        List<KnownKey> keys = new ArrayList<>(demoKeys.knownPlatformKeys());
        keys.add(merchantKey(demoKeys.merchantCertificate()));
        if (String.valueOf(request.authorization()).startsWith(SignatureScheme.SM2_WITH_SM3.wireName())) {
            keys.add(merchantKey(demoKeys.sm2MerchantCertificate()));
        }
        if (credentials.isPresent()) {
            keys.add(merchantKey(CredentialFiles.read(credentials.get()).merchantCertificate()));
        }
        return keys;
    }

    private static KnownKey merchantKey(X509Certificate certificate) {
        return KnownKey.ofMerchant(
                Certificates.commonName(certificate), Certificates.serialNo(certificate), certificate.getPublicKey());
    }

    private static void print(PrintStream out, String title, @Nullable String message) {
        if (message != null) {
            out.println();
            out.println(title);
            out.println(message.replaceAll("\n$", ""));
        }
    }
}
