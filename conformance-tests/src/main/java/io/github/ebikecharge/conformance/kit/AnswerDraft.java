package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An answer that is being written: right to begin with, and open to every mistake that can be made. */
final class AnswerDraft {
    static final String TOKEN = "tokenThatWasNeverIssued";

    final GatewayKeys keys;
    final Clock clock;
    private final String requestId;
    private final boolean byPublicKey;
    private String statusLine = "HTTP/1.1 200 OK";
    private String signedBody = "{\"charging_token\":\"" + TOKEN + "\"}";
    private @Nullable String sentBody;
    private String serial;
    private PrivateKey key;
    private Duration skew = Duration.ZERO;
    private boolean signed = true;
    private boolean cutShort;
    private boolean reset;
    private Duration pause = Duration.ZERO;
    private final List<UnaryOperator<List<Header>>> changes = new ArrayList<>();

    /** @param named what {@code Wechatpay-Serial} of the request asks for */
    AnswerDraft(GatewayKeys keys, Clock clock, String named, String requestId) {
        this.keys = keys;
        this.clock = clock;
        this.requestId = requestId;
        this.byPublicKey = named.equals(GatewayKeys.PUBLIC_KEY_ID);
        this.serial = serial(keys, byPublicKey);
        this.key = key(keys, byPublicKey);
    }

    private static String serial(GatewayKeys keys, boolean byPublicKey) {
        return byPublicKey ? GatewayKeys.PUBLIC_KEY_ID : keys.platformSerial();
    }

    private static PrivateKey key(GatewayKeys keys, boolean byPublicKey) {
        return byPublicKey ? keys.publicKeyPrivate() : keys.platformKey();
    }

    String serial() {
        return serial;
    }

    AnswerDraft status(String status) {
        statusLine = "HTTP/1.1 " + status;
        return this;
    }

    /** What is signed, and sent if nothing else is. */
    AnswerDraft body(String text) {
        signedBody = text;
        return this;
    }

    /** What is sent in place of what was signed. */
    AnswerDraft sentBody(UnaryOperator<String> change) {
        sentBody = change.apply(signedBody);
        return this;
    }

    AnswerDraft unsigned() {
        signed = false;
        return this;
    }

    AnswerDraft signedWith(PrivateKey other) {
        key = other;
        return this;
    }

    AnswerDraft signedAs(String otherSerial) {
        serial = otherSerial;
        return this;
    }

    /** By the certificate where the public key was asked for, and the other way round. */
    AnswerDraft signedByOtherKind() {
        return signedAs(serial(keys, !byPublicKey)).signedWith(key(keys, !byPublicKey));
    }

    AnswerDraft signedAt(Duration fromNow) {
        skew = fromNow;
        return this;
    }

    /** The connection ends in the middle of the body. */
    AnswerDraft cutShort() {
        cutShort = true;
        return this;
    }

    /** The connection is reset, and nothing of the answer is sent. */
    AnswerDraft reset() {
        reset = true;
        return this;
    }

    boolean isReset() {
        return reset;
    }

    /** Half of the body is sent so much later than the rest. */
    AnswerDraft after(Duration time) {
        pause = time;
        return this;
    }

    Duration pause() {
        return pause;
    }

    AnswerDraft header(String name, String value) {
        changes.add(headers -> {
            List<Header> changed = new ArrayList<>(headers);
            int at = 0;
            while (at < changed.size() && !changed.get(at).name().equalsIgnoreCase(name)) {
                at++;
            }
            if (at < changed.size()) {
                changed.set(at, new Header(name, value));
            } else {
                changed.add(new Header(name, value));
            }
            return changed;
        });
        return this;
    }

    AnswerDraft before(String name, String value) {
        changes.add(headers -> {
            List<Header> changed = new ArrayList<>();
            for (Header header : headers) {
                if (header.name().equals(name)) {
                    changed.add(new Header(name, value));
                }
                changed.add(header);
            }
            return changed;
        });
        return this;
    }

    AnswerDraft without(String name) {
        changes.add(headers ->
                headers.stream().filter(header -> !header.name().equals(name)).toList());
        return this;
    }

    AnswerDraft named(UnaryOperator<String> spelling) {
        changes.add(headers -> headers.stream()
                .map(header -> new Header(spelling.apply(header.name()), header.value()))
                .toList());
        return this;
    }

    /** With another signature over other lines than it should. */
    AnswerDraft signedOver(UnaryOperator<String> lines) {
        changes.add(headers -> {
            String timestamp =
                    Exchange.header(headers, WechatPayHeaders.TIMESTAMP).orElseThrow();
            String nonce = Exchange.header(headers, WechatPayHeaders.NONCE).orElseThrow();
            String wrong =
                    lines.apply(SignedMessage.ofResponse(Long.parseLong(timestamp), nonce, signedBody.getBytes(UTF_8))
                            .toString());
            return headers.stream()
                    .map(header -> header.name().equals(WechatPayHeaders.SIGNATURE)
                            ? new Header(header.name(), sign(wrong))
                            : header)
                    .toList();
        });
        return this;
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
    }

    Answer answer() {
        byte[] body = (sentBody == null ? signedBody : sentBody).getBytes(UTF_8);
        List<Header> headers = new ArrayList<>(List.of(
                new Header("Content-Type", "application/json; charset=utf-8"),
                new Header("Connection", "close"),
                new Header(WechatPayHeaders.REQUEST_ID, requestId)));
        if (!statusLine.contains(" 204 ")) {
            headers.add(1, new Header("Content-Length", Integer.toString(body.length + (cutShort ? 20 : 0))));
        }
        if (signed) {
            ResponseSignature signature =
                    new Signer(serial, key, Clock.offset(clock, skew)).signResponse(signedBody.getBytes(UTF_8));
            signature.toHeaders().forEach((name, value) -> headers.add(new Header(name, value)));
        }
        List<Header> changed = List.copyOf(headers);
        for (UnaryOperator<List<Header>> change : changes) {
            changed = change.apply(changed);
        }
        return new Answer(statusLine, Integer.parseInt(statusLine.split(" ", 3)[1]), changed, body);
    }

    static byte[] toBytes(Answer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(answer.statusLine()).append("\r\n");
        answer.headers().forEach(header -> head.append(header).append("\r\n"));
        bytes.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
        bytes.writeBytes(answer.body());
        return bytes.toByteArray();
    }
}
