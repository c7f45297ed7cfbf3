package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.HeaderEntry;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request and its answer in one piece, to be remembered: the garbage collector would go through dozens of small ones again
 * and again.
 */
public final class PackedExchange {
    private static final int USUAL_SIZE = 2048;
    private static final int ABSENT = -1;

    private final Instant receivedAt;
    private final SignatureVerdict verdict;
    private final @Nullable FaultKind fault;
    private final @Nullable String chosenBy;
    private final int status;
    private final long nanos;
    /** Method, target, origin, headers and body of the request; headers and body of the answer. */
    private final byte[] texts;

    private PackedExchange(GatewayExchange exchange, byte[] texts) {
        this.receivedAt = exchange.receivedAt();
        this.verdict = exchange.verdict();
        this.fault = exchange.fault();
        this.chosenBy = exchange.chosenBy();
        this.status = exchange.status();
        this.nanos = exchange.duration().toNanos();
        this.texts = texts;
    }

    /** Packs this one. */
    public static PackedExchange of(GatewayExchange exchange) {
        GatewayRequest request = exchange.request();
        var texts = new ByteArrayOutputStream(USUAL_SIZE);
        try (var out = new DataOutputStream(texts)) {
            write(out, request.method());
            write(out, request.target());
            write(out, request.origin());
            write(out, request.headers());
            write(out, request.body());
            write(out, exchange.responseHeaders());
            write(out, exchange.responseBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PackedExchange(exchange, texts.toByteArray());
    }

    /** What was packed; the request is one of no operation. */
    public GatewayExchange exchange() {
        try (var in = new DataInputStream(new ByteArrayInputStream(texts))) {
            return new GatewayExchange(
                    receivedAt,
                    new GatewayRequest(text(in), text(in), textIfAny(in), headers(in), bytes(in)),
                    verdict,
                    fault,
                    chosenBy,
                    status,
                    headers(in),
                    bytes(in),
                    Duration.ofNanos(nanos));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that it takes. */
    public int size() {
        return texts.length;
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
        } else {
            write(out, text.getBytes(UTF_8));
        }
    }

    private static void write(DataOutputStream out, List<HeaderEntry> headers) throws IOException {
        out.writeInt(headers.size());
        for (HeaderEntry header : headers) {
            write(out, header.name());
            write(out, header.value());
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), UTF_8);
    }

    private static @Nullable String textIfAny(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : new String(in.readNBytes(length), UTF_8);
    }

    private static List<HeaderEntry> headers(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<HeaderEntry> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new HeaderEntry(text(in), text(in)));
        }
        return headers;
    }
}
