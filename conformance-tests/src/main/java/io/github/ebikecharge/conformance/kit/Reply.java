package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The answer to one request, and what is expected of it. Every expectation that fails is a finding of the trial. */
final class Reply {
    private final Trial trial;
    private final Exchange exchange;

    Reply(Trial trial, Exchange exchange) {
        this.trial = trial;
        this.exchange = exchange;
    }

    Exchange exchange() {
        return exchange;
    }

    /** The answer; an empty one if nothing came back, which is a finding already. */
    Answer answer() {
        Answer answer = exchange.answer();
        return answer == null ? new Answer("", 0, List.of(), new byte[0]) : answer;
    }

    boolean came() {
        return exchange.answer() != null;
    }

    Optional<String> header(String name) {
        return answer().header(name);
    }

    /** The body as JSON; a missing node if it is none. */
    JsonNode json() {
        try {
            return WireJson.read(answer().body(), JsonNode.class);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    Reply status(int expected) {
        if (came() && answer().status() != expected) {
            finding("expected status %d, came %d".formatted(expected, answer().status()), answer().statusLine());
        }
        return this;
    }

    /** Refused, with this status and this code. */
    Reply refused(int status, String code) {
        status(status);
        if (came()
                && answer().status() == status
                && !json().path("code").asText().equals(code)) {
            finding("expected the code %s, came %s".formatted(code, shown(json().path("code"))), answer().text());
        }
        return this;
    }

    /**
     * Served, or else told that the merchant has no platform certificates: either shows that the signature was taken.
     *
     * @throws Check.NotApplicable if no list of certificates is here at all, which shows nothing
     */
    Reply accepted() throws Check.NotApplicable {
        if (isMissingList()) {
            needsList();
        } else if (came() && answer().status() / 100 != 2) {
            finding(
                    answer().status() == 401
                            ? "the signature is right, and was refused"
                            : "expected a success, came status " + answer().status(),
                    answer().statusLine());
        }
        return this;
    }

    /**
     * The list of certificates, if there is one at all.
     *
     * @throws Check.NotApplicable if there is none
     */
    Reply list() throws Check.NotApplicable {
        if (isMissingList()) {
            needsList();
            throw new Check.NotApplicable("the merchant has no platform certificates");
        }
        return status(200);
    }

    private boolean isMissingList() {
        return answer().status() == 404 && exchange.request().target().startsWith(Trial.CERTIFICATES);
    }

    private void needsList() throws Check.NotApplicable {
        if (!json().path("code").asText().equals("RESOURCE_NOT_EXISTS")) {
            throw new Check.NotApplicable(
                    "GET %s is answered with 404, and not with the code that says why".formatted(Trial.CERTIFICATES));
        }
    }

    /**
     * What the rule speaks of has come: an answer with this status.
     *
     * @throws Check.NotApplicable if another has come
     */
    Reply having(int status) throws Check.NotApplicable {
        if (came() && answer().status() != status) {
            throw new Check.NotApplicable("no %d to look at came, but %s".formatted(status, answer().statusLine()));
        }
        return this;
    }

    /** Has exactly this body. */
    Reply body(String expected) {
        if (came() && !answer().text().equals(expected)) {
            finding(
                    expected.isEmpty()
                            ? "expected no body, came " + answer().body().length + " bytes"
                            : "expected the body " + expected,
                    answer().text());
        }
        return this;
    }

    /** The value at {@code pointer} is this one. */
    Reply value(String pointer, String expected) {
        JsonNode value = json().at(pointer);
        if (came() && !(value.isNull() ? "null" : value.asText()).equals(expected)) {
            finding("expected %s to be %s, came %s".formatted(pointer, expected, shown(value)), value.asText());
        }
        return this;
    }

    /** Has this header, with such a value. */
    Reply header(String name, String expected, Predicate<String> test) {
        Optional<String> value = header(name);
        if (came() && value.isEmpty()) {
            finding("expected the header %s (%s), and there is none".formatted(name, expected), "");
        } else if (came() && !test.test(value.orElseThrow())) {
            finding("expected %s to be %s".formatted(name, expected), name);
        }
        return this;
    }

    /** Its signature verifies over the bytes that came. */
    Reply verifies() {
        if (came()) {
            trial.verification(exchange).ifPresent(fault -> {
                trial.finding(fault, exchange);
            });
        }
        return this;
    }

    /** Carries none of the five headers of a signature. Ask {@link #having} first whether it is the answer that is meant. */
    Reply isUnsigned() {
        answer().headers().stream()
                .map(Header::name)
                .filter(name -> name.regionMatches(true, 0, "Wechatpay-", 0, 10))
                .findFirst()
                .ifPresent(name -> finding("expected no signature, and there is " + name, name));
        return this;
    }

    /** The name of the key that signed it. */
    String serial() {
        return header(WechatPayHeaders.SERIAL).orElse("");
    }

    void finding(String deviation, String mark) {
        trial.finding(new Result.Finding(deviation, mark, List.of(exchange)));
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
