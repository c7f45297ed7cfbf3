package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.CredentialFiles;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What one check tries: it sends requests, and keeps what deviates. */
public final class Trial {
    /** Where platform certificates are downloaded. */
    static final String CERTIFICATES = "/v3/certificates";

    private final ServerUnderTest server;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Exchange> own = new LinkedHashSet<>();

    Trial(ServerUnderTest server) {
        this.server = server;
    }

    CredentialFiles credentials() {
        return server.credentials;
    }

    ServerUnderTest server() {
        return server;
    }

    /** Everything sent so far, by this check and by those before it. */
    List<Exchange> exchanges() {
        return server.exchanges;
    }

    List<Finding> findings() {
        return findings;
    }

    /** The confirm call, as it should be. */
    Draft confirm() {
        return confirm(server.contractId);
    }

    Draft confirm(String contractId) {
        return draft("POST", confirmTarget(contractId), server.body);
    }

    static String confirmTarget(String contractId) {
        return "/v3/ebike/charge/contracts/" + URLEncoder.encode(contractId, UTF_8) + "/confirm";
    }

    /** The download of the platform certificates. */
    Draft certificates() {
        return draft("GET", CERTIFICATES, new byte[0]);
    }

    Draft draft(String method, String target, byte[] body) {
        return new Draft(server.host(), method, target, body);
    }

    /** What this check has sent, or looked at, first things first. */
    List<Exchange> own() {
        return List.copyOf(own);
    }

    void lookAt(Exchange exchange) {
        own.add(exchange);
    }

    /** Sends it on a connection of its own. */
    Reply send(Draft draft) {
        return sendTogether(List.of(draft)).get(0);
    }

    /**
     * Sends them one after the other on one connection. What is answered with a probe (签名探测流量) is sent once more, on
     * a connection of its own, and the answer to that is given.
     */
    List<Reply> sendTogether(List<Draft> drafts) {
        List<Reply> replies = sendOnce(drafts);
        for (int i = 0; i < drafts.size(); i++) {
            if (replies.get(i).exchange().isProbe()) {
                Reply repeat = sendOnce(List.of(drafts.get(i))).get(0);
                server.repeats.add(repeat.exchange());
                replies.set(i, repeat);
            }
        }
        return replies;
    }

    private List<Reply> sendOnce(List<Draft> drafts) {
        List<Reply> replies = new ArrayList<>();
        Request request = sign(drafts.get(0));
        try (Wire wire = Wire.connect(server.target)) {
            for (Draft draft : drafts) {
                request = sign(draft);
                Answer answer = wire.exchange(request);
                replies.add(keep(new Exchange(request, answer, null, server.clock.instant())));
            }
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            Reply failed = keep(new Exchange(request, null, reason, server.clock.instant()));
            failed.finding("no answer: " + reason, "");
            while (replies.size() < drafts.size()) {
                replies.add(failed);
            }
        }
        return replies;
    }

    private Request sign(Draft draft) {
        return draft.sign(server.merchant, server.now());
    }

    private Reply keep(Exchange exchange) {
        server.exchanges.add(exchange);
        own.add(exchange);
        return new Reply(this, exchange);
    }

    /** Why the answer's signature does not verify, and what to mark; empty if it does. */
    Optional<String> verification(Exchange exchange) {
        Answer answer = exchange.answer();
        if (answer == null) {
            return Optional.empty();
        }
        try {
            ResponseSignature signature =
                    ResponseSignature.from(name -> answer.header(name).orElse(null));
            new Verifier(
                            serial -> Optional.ofNullable(server.platformKeys().get(serial)),
                            Clock.fixed(exchange.at(), ZoneOffset.UTC))
                    .verify(signature, answer.body());
            return Optional.empty();
        } catch (SignatureVerificationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Keeps a fault of a signature. */
    void finding(String fault, Exchange exchange) {
        finding(new Finding(fault, WechatPayHeaders.SIGNATURE, List.of(exchange)));
    }

    void finding(Finding finding) {
        findings.add(finding);
    }
}
