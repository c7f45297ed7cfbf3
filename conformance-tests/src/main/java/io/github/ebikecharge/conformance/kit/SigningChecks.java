package io.github.ebikecharge.conformance.kit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a server takes for a signature, and what it must not. */
final class SigningChecks {

    private SigningChecks() {}

    static void add(Rules rules) {
        right(rules);
        mistakes(rules);
        credentials(rules);
        header(rules);
    }

    private static void right(Rules rules) {
        rules.documented(
                "signing.right",
                "A request signed over method, target, timestamp, nonce and body, a line feed after each, is served",
                Sources.SIGNING,
                t -> t.send(t.confirm()).status(200));
        rules.documented(
                "signing.field-order",
                "The five fields of Authorization may come in any order",
                Sources.AUTHORIZATION,
                t -> t.send(t.confirm().signed(a -> {
                            a.order = List.of("signature", "serial_no", "timestamp", "nonce_str", "mchid");
                        }))
                        .accepted());
        rules.seen(
                "signing.short-nonce",
                "A nonce may be short, and hold other characters than letters and digits",
                Sources.SIGN_INFORMATION_AS_SEEN,
                t -> t.send(t.confirm().signed(a -> a.nonce = "cg55d1ns.c25")).accepted());
        rules.assumed("signing.nonce-again", "A nonce may be used again", Sources.AUTHORIZATION, t -> {
            Consumer<Authorization> same = a -> a.nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
            t.send(t.certificates().signed(same)).accepted();
            t.send(t.certificates().signed(same)).accepted();
        });
        rules.documented(
                "signing.get-without-body",
                "A request without a body is signed over an empty fifth line",
                Sources.SIGNING,
                t -> t.send(t.certificates()).accepted());
        rules.documented(
                "signing.query",
                "The query is part of the signed target, as it stands in the request line",
                Sources.SIGNED_QUERY,
                t -> {
                    t.send(t.draft("GET", "/v3/certificates?algorithm_type=RSA", new byte[0]))
                            .accepted();
                    t.send(t.draft("GET", "/v3/certificates?algorithm_type=%52SA", new byte[0]))
                            .accepted();
                });
    }

    private static void mistakes(Rules rules) {
        refused(rules, "last-line-feed", "A signature without the line feed after the body", a -> a.lastLineEnd = "");
        refused(rules, "windows-line-ends", "A signature over lines that end with CR LF", a -> {
            a.lineEnd = "\r\n";
            a.lastLineEnd = "\r\n";
        });
        refused(
                rules,
                "lower-case-method",
                "A signature over the method in lower case",
                a -> a.signedMethod = a.signedMethod.toLowerCase(Locale.ROOT));
        refused(
                rules,
                "empty-body",
                "A signature over an empty body in the place of the one that is sent",
                a -> a.signedBody = new byte[0]);
        refused(rules, "other-body", "A signature over the same JSON with other white space", a -> {
            a.signedBody = (new String(a.signedBody, UTF_8) + ' ').getBytes(UTF_8);
        });
        refused(rules, "one-byte", "A signature over a body that differs in one byte", a -> {
            a.signedBody = a.signedBody.clone();
            a.signedBody[a.signedBody.length / 2] ^= 1;
        });
        refused(
                rules,
                "whole-url",
                "A signature over the whole URL in the place of path and query",
                a -> a.signedTarget = "https://api.mch.weixin.qq.com" + a.signedTarget);
        refused(
                rules,
                "other-target",
                "A signature over another path",
                a -> a.signedTarget = a.signedTarget.replace("/confirm", ""));
        refused(rules, "other-nonce", "A signature over another nonce than the header's", a -> a.signedNonce = "other");
        refused(
                rules,
                "other-timestamp",
                "A signature over another timestamp than the header's",
                a -> a.signedTimestamp = Long.toString(Long.parseLong(a.timestamp) - 1));
        refused(rules, "sha1", "A signature with SHA-1", a -> a.algorithm = "SHA1withRSA");
        refused(rules, "hexadecimal", "A signature in hexadecimal", a -> a.encoding = HexFormat.of()::formatHex);
        refused(rules, "other-key", "A signature with another key than the merchant's", a -> a.key = otherKey());
        rules.documented(
                "signing.query-left-out",
                "A signature over the path without its query is refused: 401 SIGN_ERROR",
                Sources.SIGNED_QUERY,
                t -> t.send(t.draft("GET", "/v3/certificates?algorithm_type=RSA", new byte[0])
                                .wronglySigned(a -> a.signedTarget = "/v3/certificates"))
                        .refused(401, "SIGN_ERROR"));
        rules.seen(
                "signing.query-decoded",
                "A signature over the decoded target, where it was sent percent-encoded, is refused: 401 SIGN_ERROR",
                Sources.SIGNED_QUERY,
                t -> t.send(t.draft("GET", "/v3/certificates?algorithm_type=%52SA", new byte[0])
                                .wronglySigned(a -> a.signedTarget = "/v3/certificates?algorithm_type=RSA"))
                        .refused(401, "SIGN_ERROR"));
    }

    private static void credentials(Rules rules) {
        refused(rules, "unknown-serial", "A serial number that is no certificate of the merchant's", a -> {
            a.serial = new BigInteger(a.serial, 16)
                    .xor(BigInteger.ONE)
                    .toString(16)
                    .toUpperCase(Locale.ROOT);
        });
        refused(
                rules,
                "decimal-serial",
                "The certificate's serial number in decimal",
                a -> a.serial = new BigInteger(a.serial, 16).toString());
        rules.assumed(
                "signing.lower-case-serial",
                "A serial number in lower case is unknown: 401 SIGN_ERROR",
                Sources.SIGN_ERROR_AS_SEEN,
                t -> t.send(t.confirm().wronglySigned(a -> a.serial = a.serial.toLowerCase(Locale.ROOT)))
                        .refused(401, "SIGN_ERROR"));
        refused(
                rules,
                "unknown-merchant",
                "A merchant number that is not the certificate's",
                a -> a.mchid = (a.mchid.startsWith("1") ? "2" : "1") + a.mchid.substring(1));
        refused(rules, "old-timestamp", "A timestamp ten minutes ago", a -> a.timestamp = shifted(a, -600));
        refused(rules, "future-timestamp", "A timestamp in ten minutes", a -> a.timestamp = shifted(a, 600));
        refused(rules, "milliseconds", "A timestamp in milliseconds", a -> a.timestamp += "000");
    }

    private static void header(Rules rules) {
        rules.documented(
                "signing.unsigned",
                "A request without Authorization is refused: 401 SIGN_ERROR",
                Sources.AUTHORIZATION,
                t -> t.send(t.confirm().unsigned()).refused(401, "SIGN_ERROR"));
        rules.documented(
                "signing.unsigned-download",
                "The certificates are not handed out without Authorization: 401 SIGN_ERROR",
                Sources.AUTHORIZATION,
                t -> t.send(t.certificates().unsigned()).refused(401, "SIGN_ERROR"));
        refused(rules, "other-scheme", "Another scheme (Bearer)", a -> a.scheme = "Bearer");
        for (String field : Authorization.ORDER) {
            refused(
                    rules,
                    "without-" + field.replace('_', '-'),
                    "An Authorization without " + field,
                    a -> a.order = Authorization.ORDER.stream()
                            .filter(name -> !name.equals(field))
                            .toList());
        }
        rules.assumed(
                "signing.spaces",
                "Spaces between the fields of Authorization are refused: 401 SIGN_ERROR",
                Sources.AUTHORIZATION,
                t -> t.send(t.confirm().wronglySigned(a -> a.separator = ", ")).refused(401, "SIGN_ERROR"));
    }

    private static void refused(Rules rules, String name, String what, Consumer<Authorization> mistake) {
        rules.documented(
                "signing." + name,
                what + " is refused: 401 SIGN_ERROR",
                Sources.SIGNING,
                t -> t.send(t.confirm().wronglySigned(mistake)).refused(401, "SIGN_ERROR"));
    }

    private static String shifted(Authorization authorization, long seconds) {
        return Long.toString(Long.parseLong(authorization.timestamp) + seconds);
    }

    private static PrivateKey otherKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no RSA", e);
        }
    }
}
