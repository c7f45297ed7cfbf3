package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a rule for every answer speaks of: a kind of answer, looked for in all that came so far.
 *
 * @param lack what is said where none has come
 */
record Observation(String lack, Predicate<Reply> kind) {
    static final Observation ANSWERS = new Observation("no answer has come", reply -> true);
    static final Observation ANSWERS_WITH_LENGTH = new Observation(
            "no answer has come", reply -> !reply.exchange().request().method().equals("HEAD"));
    static final Observation ANSWERS_IN_JSON =
            new Observation("no answer in JSON has come", reply -> reply.json().isContainerNode());
    static final Observation ANSWERS_WITH_SERIAL = with(WechatPayHeaders.SERIAL);
    static final Observation ANSWERS_WITH_SIGNATURE = with(WechatPayHeaders.SIGNATURE);
    static final Observation REFUSALS =
            new Observation("no refusal has come", reply -> reply.answer().status() >= 400);
    /** Without those that are wrongly signed on purpose. */
    static final Observation SIGNED_SUCCESSES = new Observation(
            "no success has come to a rightly signed request",
            reply -> !reply.exchange().isProbe()
                    && reply.exchange().request().rightlySigned()
                    && reply.answer().status() / 100 == 2);

    private static Observation with(String header) {
        return new Observation(
                "no answer with a %s has come".formatted(header),
                reply -> reply.header(header).isPresent());
    }

    /**
     * Looks at each; one finding is enough. Where none has come yet, a few requests are sent.
     *
     * @throws Check.NotApplicable if none comes even then: a rule is not kept by what does not occur
     */
    void each(Trial t, Consumer<Reply> look) throws Check.NotApplicable {
        each(t, reply -> true, lack, look);
    }

    /** Looks at those alone that pass a test, too. */
    void each(Trial t, Predicate<Reply> test, String lack, Consumer<Reply> look) throws Check.NotApplicable {
        List<Reply> replies = find(t, test);
        if (replies.isEmpty() && t.server().sample()) {
            replies = find(t, test);
        }
        if (replies.isEmpty()) {
            throw new Check.NotApplicable(lack);
        }
        for (Reply reply : replies) {
            if (t.findings().isEmpty()) {
                t.lookAt(reply.exchange());
                look.accept(reply);
            }
        }
    }

    private List<Reply> find(Trial t, Predicate<Reply> test) {
        return t.exchanges().stream()
                .map(exchange -> new Reply(t, exchange))
                .filter(Reply::came)
                .filter(kind.and(test))
                .toList();
    }
}
