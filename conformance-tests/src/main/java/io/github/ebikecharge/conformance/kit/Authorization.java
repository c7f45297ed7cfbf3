package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An {@code Authorization} header on its way: right to begin with, and open to every mistake that can be made. */
final class Authorization {
    /** The five fields, as WeChat Pay's documents order them; any other order is right as well. */
    static final List<String> ORDER = List.of("mchid", "nonce_str", "timestamp", "serial_no", "signature");

    private static final SecureRandom RANDOM = new SecureRandom();

    String scheme = SignatureScheme.SHA256_RSA2048.wireName();
    String algorithm = "SHA256withRSA";
    String mchid;
    String serial;
    PrivateKey key;
    String timestamp;
    String nonce = HexFormat.of().formatHex(randomBytes(16));
    List<String> order = ORDER;
    String separator = ",";

    // what is signed
    String signedMethod;
    String signedTarget;
    String signedTimestamp = "";
    String signedNonce = "";
    String lineEnd = "\n";
    String lastLineEnd = "\n";
    byte[] signedBody;
    Function<byte[], String> encoding = Base64.getEncoder()::encodeToString;

    private Authorization(MerchantCredentials merchant, long now, String method, String target, byte[] body) {
        mchid = merchant.mchid();
        serial = merchant.serialNo();
        key = merchant.privateKey();
        timestamp = Long.toString(now);
        signedMethod = method;
        signedTarget = target;
        signedBody = body;
    }

    /** The value of the header, after {@code change}. */
    static String of(
            MerchantCredentials merchant,
            long now,
            String method,
            String target,
            byte[] body,
            Consumer<Authorization> change) {
        Authorization authorization = new Authorization(merchant, now, method, target, body);
        change.accept(authorization);
        return authorization.value();
    }

    private String value() {
        StringBuilder value = new StringBuilder(scheme).append(' ');
        for (String field : order) {
            value.append(value.charAt(value.length() - 1) == ' ' ? "" : separator)
                    .append(field)
                    .append("=\"")
                    .append(field(field))
                    .append('"');
        }
        return value.toString();
    }

    private String field(String name) {
        return switch (name) {
            case "mchid" -> mchid;
            case "nonce_str" -> nonce;
            case "timestamp" -> timestamp;
            case "serial_no" -> serial;
            case "signature" -> encoding.apply(sign());
            default -> throw new IllegalArgumentException("There is no such field: " + name);
        };
    }

    private byte[] sign() {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            UnaryOperator<String> line = text -> text + lineEnd;
            signature.update((line.apply(signedMethod)
                            + line.apply(signedTarget)
                            + line.apply(signedTimestamp.isEmpty() ? timestamp : signedTimestamp)
                            + line.apply(signedNonce.isEmpty() ? nonce : signedNonce))
                    .getBytes(UTF_8));
            signature.update(signedBody);
            signature.update(lastLineEnd.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign with " + algorithm, e);
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
