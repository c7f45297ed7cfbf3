package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.mock.explain.Deviations.Deviation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the message that was signed: the right one, then every single deviation, then every two of different parts.
 * Bounded in messages and in bytes, so that nobody can keep the mock busy; on one core the bounds are well under a
 * second.
 */
final class Search {
    private static final int MAX_MESSAGES = 20_000;
    private static final long MAX_BYTES = 64L << 20;

    private final List<Recovered> signed;
    private int messages;
    private long bytes;

    /** What was signed, and by which deviations. */
    record Match(Recovered recovered, List<Finding> findings, Draft draft) {}

    /** @param signed what the signature may stand for */
    Search(List<Recovered> signed) {
        this.signed = signed;
    }

    /**
     * @param common tried alone and in pairs
     * @param rare tried alone; there may be thousands
     */
    Optional<Match> find(Draft correct, Supplier<Deviations> common, Supplier<Deviations> rare) {
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

    /** Pairs of plain deviations come before pairs of involved ones, in case the bounds are reached. */
    private Optional<Match> pair(Draft correct, List<Deviation> all) {
        for (int sum = 1; sum < 2 * all.size() - 2 && !exhausted(); sum++) {
            for (int i = Math.max(0, sum - all.size() + 1); 2 * i < sum; i++) {
                Optional<Match> match = pair(correct, all.get(i), all.get(sum - i));
                if (match.isPresent()) {
                    return match;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Match> pair(Draft correct, Deviation one, Deviation other) {
        if (one.part() == other.part()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>(one.findings());
        findings.addAll(other.findings());
        return tryOut(other.change().apply(one.change().apply(correct)), findings);
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
        return messages >= MAX_MESSAGES || bytes >= MAX_BYTES;
    }
}
