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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What one check tries: it sends requests, and keeps what deviates. */
public final class Trial {
    private static final String PROBE = "WECHATPAY/SIGNTEST/";

    private final ServerUnderTest server;
    private final List<Finding> findings = new ArrayList<>();

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
        return draft("GET", "/v3/certificates", new byte[0]);
    }

    Draft draft(String method, String target, byte[] body) {
        return new Draft(server.host(), method, target, body);
    }

    /** Sends it on a connection of its own. Where the answer is a probe (签名探测流量), it is sent once more. */
    Reply send(Draft draft) {
        Reply reply = sendOnce(draft);
        if (reply.header(WechatPayHeaders.SIGNATURE).orElse("").startsWith(PROBE)) {
            server.probes.add(reply.exchange());
            return sendOnce(draft);
        }
        return reply;
    }

    private Reply sendOnce(Draft draft) {
        return sendTogether(List.of(draft)).get(0);
    }

    /** Sends them one after the other on one connection. */
    List<Reply> sendTogether(List<Draft> drafts) {
        List<Reply> replies = new ArrayList<>();
        Request request = sign(drafts.get(0));
        try (Wire wire = Wire.connect(server.target)) {
            for (Draft draft : drafts) {
                request = sign(draft);
                Answer answer = wire.exchange(request);
                replies.add(keep(new Exchange(request, answer, null)));
            }
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            Reply failed = keep(new Exchange(request, null, reason));
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
            new Verifier(serial -> Optional.ofNullable(server.platformKeys().get(serial)), server.clock)
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
