package io.github.ebikecharge.mock.explain;

import io.github.ebikecharge.mock.explain.Draft.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The ways in which one request's message may have been got wrong, each once: the first name for it stays. */
final class Deviations {
    private final Draft correct;
    private final Collection<Deviation> deviations = new ArrayList<>();
    private final Map<Part, Set<ByteBuffer>> values = new EnumMap<>(Part.class);

    /** One way to get one part wrong. */
    record Deviation(Part part, List<Finding> findings, UnaryOperator<Draft> change) {
        /** Both, of different parts. */
        Deviation and(Deviation other) {
            List<Finding> both = new ArrayList<>(findings);
            both.addAll(other.findings);
            return new Deviation(part, both, draft -> other.change.apply(change.apply(draft)));
        }
    }

    Deviations(Draft correct) {
        this.correct = correct;
    }

    Draft correct() {
        return correct;
    }

    /** The line has another value. */
    void line(Part line, String value, Finding finding) {
        line(line, value.getBytes(UTF_8), List.of(finding));
    }

    /** The line has another value. */
    void line(Part line, byte[] value, List<Finding> findings) {
        Set<ByteBuffer> known =
                values.computeIfAbsent(line, key -> new HashSet<>(Set.of(ByteBuffer.wrap(correct.bytes(key)))));
        if (known.add(ByteBuffer.wrap(value))) {
            deviations.add(new Deviation(line, findings, draft -> draft.withLine(line, value)));
        }
    }

    /** The lines are put together in another way. */
    void message(Part part, Finding finding, UnaryOperator<Draft> change) {
        deviations.add(new Deviation(part, List.of(finding), change));
    }

    /** All of them, the plainest first. */
    List<Deviation> list() {
        return deviations.stream()
                .sorted(Comparator.comparingInt(
                        deviation -> deviation.findings().size()))
                .toList();
    }
}
