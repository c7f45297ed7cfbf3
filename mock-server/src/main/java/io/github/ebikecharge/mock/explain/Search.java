package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.mock.explain.Deviations.Deviation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the message that was signed: the right one, then every single deviation, then every two of different parts.
 * Bounded in messages and in bytes, so that nobody can keep the mock busy: on one core a usual body takes some 30 ms,
 * the worst one half a second.
 */
final class Search {
    static final int MAX_MESSAGES = 20_000;
    private static final long MAX_BYTES = 32L << 20;
    /** In a pair: a body written anew may take several, such as indented, sorted and escaped. */
    private static final int MAX_MISTAKES = 5;

    private final List<Recovered> signed;
    private final int maxMessages;
    private int messages;
    private long bytes;

    /** What was signed, and by which deviations. */
    record Match(Recovered recovered, List<Finding> findings, Draft draft) {}

    /**
     * @param signed what the signature may stand for
     * @param maxMessages how many messages are tried
     */
    Search(List<Recovered> signed, int maxMessages) {
        this.signed = signed;
        this.maxMessages = maxMessages;
    }

    /**
     * @param common tried alone and in pairs
     * @param rare tried alone; there may be thousands
     */
    Optional<Match> find(Draft correct, Supplier<Deviations> common, Supplier<Deviations> rare) {
        if (signed.isEmpty()) {
            return Optional.empty();
        }
        Optional<Match> match = tryOut(correct, List.of());
        if (match.isPresent()) {
            return match;
        }
        List<Deviation> deviations = common.get().list();
        return single(correct, deviations)
                .or(() -> single(correct, rare.get().list()))
                .or(() -> pair(correct, deviations));
    }

    private Optional<Match> single(Draft correct, List<Deviation> deviations) {
        return deviations.stream()
                .map(deviation -> tryOut(deviation.change().apply(correct), deviation.findings()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Fewer mistakes before more, in case the bounds are reached. */
    private Optional<Match> pair(Draft correct, List<Deviation> deviations) {
        return IntStream.rangeClosed(2, MAX_MISTAKES)
                .mapToObj(mistakes -> pairs(deviations, mistakes))
                .flatMap(Function.identity())
                .map(pair -> tryOut(pair.change().apply(correct), pair.findings()))
                .takeWhile(match -> match.isPresent() || !exhausted())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<Deviation> pairs(List<Deviation> deviations, int mistakes) {
        return IntStream.range(0, deviations.size()).boxed().flatMap(i -> {
            Deviation one = deviations.get(i);
            return deviations.subList(i + 1, deviations.size()).stream()
                    .filter(other -> other.part() != one.part()
                            && one.findings().size() + other.findings().size() == mistakes)
                    .map(one::and);
        });
    }

    private Optional<Match> tryOut(Draft draft, List<Finding> findings) {
        if (exhausted()) {
            return Optional.empty();
        }
        byte[] message = draft.toBytes();
        messages++;
        bytes += message.length;
        return signed.stream()
                .filter(recovered -> recovered.covers().test(message))
                .findFirst()
                .map(recovered -> new Match(recovered, findings, draft));
    }

    private boolean exhausted() {
        return messages >= maxMessages || bytes >= MAX_BYTES;
    }
}
