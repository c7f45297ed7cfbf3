package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.HeaderEntry;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request and its answer in one piece of bytes, to be remembered: the garbage collector would go through dozens of small
 * objects again and again.
 */
public final class PackedExchange {
    private static final int ABSENT = -1;

    private PackedExchange() {}

    /** Packs all of it, but to which operation the request came. */
    public static void pack(GatewayExchange exchange, OutputStream into) {
        GatewayRequest request = exchange.request();
        try {
            var out = new DataOutputStream(into);
            Duration sinceEpoch = Duration.between(Instant.EPOCH, exchange.receivedAt());
            out.writeLong(sinceEpoch.toSeconds());
            out.writeInt(sinceEpoch.toNanosPart());
            write(out, request.method());
            write(out, request.target());
            write(out, request.origin());
            write(out, request.headers());
            write(out, request.body());
            write(out, exchange.verdict().name());
            write(out, exchange.fault() == null ? null : exchange.fault().name());
            write(out, exchange.chosenBy());
            out.writeInt(exchange.status());
            write(out, exchange.responseHeaders());
            write(out, exchange.responseBody());
            out.writeLong(exchange.duration().toNanos());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was packed. */
    public static GatewayExchange unpack(byte[] packed) {
        try (var in = new DataInputStream(new ByteArrayInputStream(packed))) {
            Instant receivedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
            var request = new GatewayRequest(text(in), text(in), textIfAny(in), headers(in), bytes(in));
            SignatureVerdict verdict = SignatureVerdict.valueOf(text(in));
            String fault = textIfAny(in);
            return new GatewayExchange(
                    receivedAt,
                    request,
                    verdict,
                    fault == null ? null : FaultKind.valueOf(fault),
                    textIfAny(in),
                    in.readInt(),
                    headers(in),
                    bytes(in),
                    Duration.ofNanos(in.readLong()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
