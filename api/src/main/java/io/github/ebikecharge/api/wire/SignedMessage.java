package io.github.ebikecharge.api.wire;

import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The lines that are signed (签名串, 验签串): five of a request, three of an answer. Each ends with a line feed, the last
 * one too, and the body stands in its line as the bytes that are sent.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012365342">How to sign (签名总览)</a>
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4013053420">How to verify (如何使用平台证书验签)</a>
 */
public final class SignedMessage {
    private final byte[] bytes;
    private final int bodyStart;

    private SignedMessage(String linesBeforeBody, byte[] body) {
        byte[] head = linesBeforeBody.getBytes(UTF_8);
        bodyStart = head.length;
        bytes = Arrays.copyOf(head, head.length + body.length + 1);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        bytes[bytes.length - 1] = '\n';
    }

    /**
     * The message of a request.
     *
     * @param method HTTP method, upper case
     * @param target path and query exactly as in the request line, still percent-encoded; no scheme, host or fragment
     * @param timestamp seconds since the Unix epoch
     * @param nonceStr random string
     * @param body body as sent; empty where there is none
     */
    public static SignedMessage ofRequest(String method, String target, long timestamp, String nonceStr, byte[] body) {
        return new SignedMessage(method + '\n' + target + '\n' + timestamp + '\n' + nonceStr + '\n', body);
    }

    /**
     * The message of an answer or a callback.
     *
     * @param timestamp seconds since the Unix epoch, from {@link WechatPayHeaders#TIMESTAMP}
     * @param nonce random string, from {@link WechatPayHeaders#NONCE}
     * @param body body as received; empty for 204
     */
    public static SignedMessage ofResponse(long timestamp, String nonce, byte[] body) {
        return new SignedMessage(timestamp + "\n" + nonce + '\n', body);
    }

    /** Length in bytes, every line feed counted. */
    public int length() {
        return bytes.length;
    }

    /** Gives the bytes to who signs or verifies them. */
    void update(Signature signature) throws SignatureException {
        signature.update(bytes);
    }

    /** The bytes that are signed. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /**
     * The message with its body cut after {@code maxBodyBytes} bytes, the last line feed kept; bytes that are not
     * UTF-8 (a character cut in two, for instance) become U+FFFD.
     */
    public String truncated(int maxBodyBytes) {
        int end = Math.min(bodyStart + maxBodyBytes, bytes.length - 1);
        return new String(bytes, 0, end, UTF_8) + '\n';
    }

    /** The whole message as text. */
    @Override
    public String toString() {
        return new String(bytes, UTF_8);
    }
}
