package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.WechatPayHeaders;

/** How answers are signed, and with which key. */
final class AnswerSignatureChecks {
    private static final String PUBLIC_KEY = "PUB_KEY_ID_";

    private AnswerSignatureChecks() {}

    static void add(Rules rules) {
        rules.documented(
                "answers.success-verifies",
                "A success is signed over timestamp, nonce and the very bytes of its body",
                Sources.VERIFYING,
                t -> t.send(t.confirm()).status(200).verifies());
        rules.seen(
                "answers.certificates-verify",
                "The list of certificates is signed as well",
                Sources.SUCCESS_AS_SEEN,
                t -> t.send(t.certificates()).list().verifies());
        rules.documented(
                "answers.parameter-error-verifies",
                "The refusal of a parameter is signed, if the request's signature verifies",
                Sources.SIGNED_ANSWERS,
                t -> t.send(t.confirm().body("{\"appid\":\"wx47c677487ce3ac47\"}"))
                        .status(400)
                        .verifies());
        rules.assumed(
                "answers.not-found-verifies",
                "An unknown contract is refused with a signed answer, if the request's signature verifies",
                Sources.SIGNED_ANSWERS,
                t -> t.send(t.confirm("noSuchContractAnywhere")).having(404).verifies());
        rules.seen(
                "answers.sign-error-unsigned",
                "A refused signature is told without a signature: no Wechatpay-* header at all",
                Sources.SIGN_ERROR_AS_SEEN,
                t -> {
                    t.send(t.confirm().unsigned()).having(401).isUnsigned();
                    t.send(t.confirm().wronglySigned(a -> a.lastLineEnd = ""))
                            .having(401)
                            .isUnsigned();
                });
        rules.assumed(
                "answers.parameter-error-unsigned",
                "The refusal of a parameter is not signed, if the request's signature does not verify",
                Sources.SIGNED_ANSWERS,
                t -> t.send(t.confirm().body("{}").wronglySigned(a -> a.lastLineEnd = ""))
                        .having(400)
                        .isUnsigned());
        rules.documented("answers.fresh-nonce", "Every signed answer has a nonce of its own", Sources.VERIFYING, t -> {
            String first = t.send(t.confirm())
                    .status(200)
                    .header(WechatPayHeaders.NONCE, "there", nonce -> !nonce.isEmpty())
                    .header(WechatPayHeaders.NONCE)
                    .orElse("");
            t.send(t.confirm())
                    .status(200)
                    .header(WechatPayHeaders.NONCE, "another one than before", nonce -> !nonce.equals(first));
        });
        rules.documented(
                "keys.public-key",
                "An answer is signed with the platform public key, if Wechatpay-Serial of the request names it",
                Sources.SWITCHING,
                t -> {
                    String id = t.credentials()
                            .publicKeyId()
                            .orElseThrow(() -> new Check.NotApplicable("the credentials have no platform public key"));
                    t.send(t.confirm().header(WechatPayHeaders.SERIAL, id))
                            .header(WechatPayHeaders.SERIAL, id, id::equals)
                            .verifies();
                });
        rules.documented(
                "keys.certificate",
                "An answer is signed with a platform certificate's key, if Wechatpay-Serial of the request names one",
                Sources.SWITCHING,
                t -> {
                    String serial = certificate(t);
                    t.send(t.confirm().header(WechatPayHeaders.SERIAL, serial))
                            .header(WechatPayHeaders.SERIAL, "a certificate's", name -> !name.startsWith(PUBLIC_KEY))
                            .verifies();
                });
        rules.documented(
                "keys.none-named",
                "An answer is signed with a platform certificate's key, if the request names none",
                Sources.SWITCHING,
                t -> {
                    certificate(t);
                    t.send(t.confirm())
                            .header(WechatPayHeaders.SERIAL, "a certificate's", name -> !name.startsWith(PUBLIC_KEY))
                            .verifies();
                });
        rules.seen(
                "keys.empty-value",
                "An empty Wechatpay-Serial of a request counts as none: the official Java SDK sends one",
                Sources.JAVA_SDK,
                t -> t.send(t.certificates().header(WechatPayHeaders.SERIAL, ""))
                        .accepted()
                        .verifies());
    }

    private static String certificate(Trial t) throws Check.NotApplicable {
        return t.server().platformKeys().keySet().stream()
                .filter(name -> !name.startsWith(PUBLIC_KEY))
                .findFirst()
                .orElseThrow(() -> new Check.NotApplicable("no platform certificate is known"));
    }
}
