package io.github.ebikecharge.mock.explain;

import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One way to write the message to sign, right or wrong.
 *
 * @param lines value of each of the five lines
 * @param order which lines are written, and in which order
 * @param separator what stands between two lines
 * @param endings how many times the separator is repeated after the last line
 * @param encoding what is done to the message before it is signed
 */
record Draft(Map<Part, byte[]> lines, List<Part> order, String separator, int endings, UnaryOperator<byte[]> encoding) {

    /** What can be got wrong independently of the rest: the five lines, and how they are put together. */
    enum Part {
        METHOD,
        TARGET,
        TIMESTAMP,
        NONCE,
        BODY,
        ORDER,
        SEPARATOR,
        ENDING,
        ENCODING
    }

    static final List<Part> LINES = List.of(Part.METHOD, Part.TARGET, Part.TIMESTAMP, Part.NONCE, Part.BODY);

    /** The message as it should be. */
    static Draft correct(String method, String target, String timestamp, String nonce, byte[] body) {
        Map<Part, byte[]> lines = new EnumMap<>(Part.class);
        lines.put(Part.METHOD, method.getBytes(UTF_8));
        lines.put(Part.TARGET, target.getBytes(UTF_8));
        lines.put(Part.TIMESTAMP, timestamp.getBytes(UTF_8));
        lines.put(Part.NONCE, nonce.getBytes(UTF_8));
        lines.put(Part.BODY, body);
        return new Draft(lines, LINES, "\n", 1, UnaryOperator.identity());
    }

    byte[] bytes(Part line) {
        return lines.getOrDefault(line, new byte[0]);
    }

    String text(Part line) {
        return new String(bytes(line), UTF_8);
    }

    Draft withLine(Part line, byte[] value) {
        Map<Part, byte[]> changed = new EnumMap<>(lines);
        changed.put(line, value);
        return new Draft(changed, order, separator, endings, encoding);
    }

    Draft withOrder(List<Part> other) {
        return new Draft(lines, other, separator, endings, encoding);
    }

    Draft withSeparator(String other) {
        return new Draft(lines, order, other, endings, encoding);
    }

    Draft withEndings(int other) {
        return new Draft(lines, order, separator, other, encoding);
    }

    Draft withEncoding(UnaryOperator<byte[]> other) {
        return new Draft(lines, order, separator, endings, other);
    }

    /** The bytes that are signed. */
    byte[] toBytes() {
        return encoding.apply(message());
    }

    private byte[] message() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int i = 0; i < order.size(); i++) {
            if (i > 0) {
                message.writeBytes(separator.getBytes(UTF_8));
            }
            message.writeBytes(bytes(order.get(i)));
        }
        message.writeBytes(separator.repeat(endings).getBytes(UTF_8));
        return message.toByteArray();
    }

    /** The message before its encoding. */
    @Override
    public String toString() {
        return new String(message(), UTF_8);
    }
}
