package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.mock.explain.Search.Match;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells why a request's signature fails (验签失败): what the header lacks, whose key was used, and which message was signed
 * in place of the right one. Thread-safe; never throws, whatever the request.
 */
public final class SignatureExplainer {
    private final Supplier<? extends Collection<KnownKey>> keys;
    private final Clock clock;
    private final int maxMessages;

    /**
     * @param keys merchants' and platform's keys, asked for anew each time
     * @param clock what timestamps are held against
     */
    public SignatureExplainer(Supplier<? extends Collection<KnownKey>> keys, Clock clock) {
        this(keys, clock, Search.MAX_MESSAGES);
    }

    /** @param maxMessages how many messages are tried before the cause is unknown */
    SignatureExplainer(Supplier<? extends Collection<KnownKey>> keys, Clock clock, int maxMessages) {
        this.keys = keys;
        this.clock = clock;
        this.maxMessages = maxMessages;
    }

    /** Explains one request; {@link Cause#NONE} if it verifies. */
    public Explanation explain(ReceivedRequest request) {
        AuthorizationReading header = new AuthorizationReading(request.authorization(), clock);
        List<Finding> findings = new ArrayList<>(header.findings());
        if (findings.isEmpty()) {
            findings.addAll(form(request));
        }
        if (!header.complete()) {
            return Explanation.of(findings, null, null);
        }
        Draft correct = Draft.correct(
                request.method(),
                request.target(),
                header.field("timestamp"),
                header.field("nonce_str"),
                request.body());
        Optional<Sm2Reading> sm2 = Sm2Reading.of(request);
        if (sm2.isPresent()) {
            findings.addAll(sm2.get().findings(keys.get()));
            return Explanation.of(orNone(findings), correct.toString(), null);
        }
        Identity identity = new Identity(keys.get(), header.field("mchid"), header.field("serial_no"));
        SignatureText signature = SignatureText.read(header.field("signature"), identity.signatureLengths());
        findings.addAll(signature.findings());
        if (signature.bytes().length == 0) {
            return Explanation.of(findings, correct.toString(), null);
        }
        return withSignature(request, correct, identity, signature.bytes(), findings);
    }

    /** What the reader of the header does not see, but the gateway does. */
    private static List<Finding> form(ReceivedRequest request) {
        try {
            AuthorizationHeader.parse(request.authorization());
            return List.of();
        } catch (SignatureVerificationException e) {
            return List.of(Cause.AUTHORIZATION_MALFORMED.found(String.valueOf(e.getMessage())));
        }
    }

    private Explanation withSignature(
            ReceivedRequest request, Draft correct, Identity identity, byte[] signature, List<Finding> findings) {
        Optional<KnownKey> signer = identity.keys().stream()
                .filter(key -> !Recovered.read(key.key(), signature).isEmpty())
                .min(Comparator.comparing(key -> !certain(Recovered.read(key.key(), signature))));
        List<Recovered> signed =
                signer.map(key -> Recovered.read(key.key(), signature)).orElse(List.of());
        Optional<Match> match = new Search(signed, maxMessages)
                .find(correct, () -> common(correct, request.origin()), () -> rare(correct));
        boolean proven = match.isPresent() || certain(signed);
        findings.addAll(identity.findings(signer.filter(key -> proven), request.body()));
        if (match.isPresent()) {
            findings.addAll(match.get().recovered().findings());
            findings.addAll(match.get().findings());
        } else if (proven) {
            findings.addAll(signed.size() == 1 ? signed.get(0).findings() : List.of());
            findings.add(unknown(correct, signed));
        }
        return Explanation.of(
                orNone(findings),
                correct.toString(),
                match.map(found -> found.draft().toString()).orElse(null));
    }

    private static List<Finding> orNone(List<Finding> findings) {
        return findings.isEmpty() ? List.of(Cause.NONE.found()) : findings;
    }

    private static boolean certain(List<Recovered> signed) {
        return signed.stream().anyMatch(Recovered::certain);
    }

    private static Deviations common(Draft correct, @Nullable String origin) {
        Deviations deviations = new Deviations(correct);
        BodyForms.addTo(deviations);
        TargetForms.addTo(deviations, origin);
        LineForms.addTo(deviations);
        return deviations;
    }

    private static Deviations rare(Draft correct) {
        Deviations deviations = new Deviations(correct);
        LineForms.addRareTo(deviations);
        BodyForms.addRareTo(deviations);
        return deviations;
    }

    private static Finding unknown(Draft correct, List<Recovered> signed) {
        byte[] message = correct.toBytes();
        String expected = HexFormat.of().formatHex(Recovered.hash("SHA-256", message));
        String content = signed.stream().map(Recovered::content).distinct().collect(Collectors.joining("; "));
        return Cause.UNKNOWN.found(expected, message.length, content);
    }
}
