package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.conformance.kit.ClientCase.Expectation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import static io.github.ebikecharge.conformance.kit.AnswerDraft.TOKEN;

/** Every answer of the hostile gateway. */
final class ClientCases {
    private static final String NAMES = "RFC 9110 §5.1";

    private final List<ClientCase> cases = new ArrayList<>();

    private ClientCases() {}

    /** @param bothKinds whether the client holds platform certificates and the public key, as while it moves */
    static List<ClientCase> all(boolean bothKinds) {
        ClientCases all = new ClientCases();
        all.right();
        all.signatures();
        all.serials(bothKinds);
        all.times();
        all.headers();
        new ContentCases(all).add();
        return List.copyOf(all.cases);
    }

    private void right() {
        accept("right.plain", "a right answer", Sources.VERIFYING, a -> {});
        accept(
                "right.unknown-field",
                "a signed body with a field that the contract does not know",
                Sources.JAVA_SDK,
                a -> a.body("{\"added_later\":[1],\"charging_token\":\"" + TOKEN + "\"}"));
        accept(
                "right.white-space",
                "a signed body with white space in it and a line feed at its end",
                Sources.VERIFYING,
                a -> a.body("{\n  \"charging_token\" : \"" + TOKEN + "\"\n}\n"));
        accept(
                "right.clock",
                "an answer that was signed 280 seconds ago",
                Sources.JAVA_SDK,
                a -> a.signedAt(Duration.ofSeconds(-280)));
        accept(
                "right.lower-case-names",
                "header names in lower case, as HTTP/2 writes them",
                NAMES,
                a -> a.named(name -> name.toLowerCase(Locale.ROOT)));
        accept(
                "right.no-request-id",
                "a right answer without Request-ID",
                Sources.BASIC_RULES,
                a -> a.without(WechatPayHeaders.REQUEST_ID));
    }

    private void signatures() {
        reject("signature.none", "200 without any Wechatpay-* header", Sources.VERIFYING, "", AnswerDraft::unsigned);
        reject(
                "signature.other-body",
                "the signature of another body",
                Sources.VERIFYING,
                a -> a.signedOver(lines -> lines.replace(TOKEN, "another")));
        reject(
                "signature.other-key",
                "a signature made with a key that is not the platform's",
                Sources.VERIFYING,
                a -> a.signedWith(a.keys.strangersKey()));
        reject(
                "signature.no-last-line-feed",
                "a signature over lines without the last line feed",
                Sources.VERIFYING,
                a -> a.signedOver(String::stripTrailing));
        reject(
                "signature.probe",
                "a signature probe (签名探测流量): WECHATPAY/SIGNTEST/ and what is none",
                Sources.PROBING,
                a -> a.header(WechatPayHeaders.SIGNATURE, probe()));
        add(
                "signature.probe-once",
                "a signature probe (签名探测流量); a repeat is signed rightly",
                Sources.PROBING,
                Basis.DOCUMENTED,
                Expectation.REJECT_FIRST,
                WechatPayHeaders.SIGNATURE,
                a -> a.header(WechatPayHeaders.SIGNATURE, probe()));
        reject(
                "signature.empty",
                "an empty signature",
                Sources.VERIFYING,
                a -> a.header(WechatPayHeaders.SIGNATURE, ""));
        reject(
                "signature.not-base64",
                "a signature that is not Base64",
                Sources.VERIFYING,
                a -> a.header(WechatPayHeaders.SIGNATURE, "?".repeat(344)));
        add(
                "signature.type",
                "a signature type that does not exist",
                Sources.SIGNING,
                Basis.ASSUMED,
                Expectation.REJECT,
                WechatPayHeaders.SIGNATURE_TYPE,
                a -> a.header(WechatPayHeaders.SIGNATURE_TYPE, "WECHATPAY2-NONE"));
    }

    private void serials(boolean bothKinds) {
        reject(
                "serial.unknown-certificate",
                "the serial number of a certificate that nobody has",
                Sources.JAVA_SDK,
                WechatPayHeaders.SERIAL,
                a -> a.signedAs("7".repeat(40)).signedWith(a.keys.strangersKey()));
        reject(
                "serial.unknown-public-key",
                "the ID of a platform public key that nobody has",
                Sources.JAVA_SDK,
                WechatPayHeaders.SERIAL,
                a -> a.signedAs("PUB_KEY_ID_0199999999992026112500000000000009").signedWith(a.keys.strangersKey()));
        reject(
                "serial.renamed",
                "a right signature under a serial that nobody has",
                Sources.VERIFYING,
                WechatPayHeaders.SERIAL,
                a -> a.signedAs("7".repeat(40)));
        add(
                "serial.other-kind",
                "a platform certificate's serial and signature where the public key was asked for, or the other way round;"
                        + " who holds both kinds (--both-kinds) may believe it",
                Sources.SWITCHING,
                Basis.DOCUMENTED,
                bothKinds ? Expectation.EITHER : Expectation.REJECT,
                WechatPayHeaders.SERIAL,
                AnswerDraft::signedByOtherKind);
        add(
                "serial.lower-case",
                "the serial in lower case",
                Sources.JAVA_SDK,
                Basis.SEEN,
                Expectation.EITHER,
                WechatPayHeaders.SERIAL,
                a -> a.signedAs(a.serial().toLowerCase(Locale.ROOT)));
    }

    private void times() {
        reject(
                "time.past",
                "an answer that was signed ten minutes ago",
                Sources.JAVA_SDK,
                WechatPayHeaders.TIMESTAMP,
                a -> a.signedAt(Duration.ofMinutes(-10)));
        reject(
                "time.future",
                "an answer that was signed ten minutes from now",
                Sources.JAVA_SDK,
                WechatPayHeaders.TIMESTAMP,
                a -> a.signedAt(Duration.ofMinutes(10)));
        reject(
                "time.no-number",
                "a timestamp that is no number",
                Sources.VERIFYING,
                WechatPayHeaders.TIMESTAMP,
                a -> a.header(WechatPayHeaders.TIMESTAMP, "now"));
    }

    private static String probe() {
        byte[] noise = new byte[250];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 31 + 7);
        }
        return "WECHATPAY/SIGNTEST/" + Base64.getEncoder().encodeToString(noise);
    }

    private void headers() {
        for (String name : List.of(
                WechatPayHeaders.SIGNATURE,
                WechatPayHeaders.TIMESTAMP,
                WechatPayHeaders.NONCE,
                WechatPayHeaders.SERIAL)) {
            reject(
                    "headers.no-" + name.substring(name.indexOf('-') + 1).toLowerCase(Locale.ROOT),
                    "an answer without " + name,
                    Sources.VERIFYING,
                    "",
                    a -> a.without(name));
        }
        either(
                "headers.no-signature-type",
                "an answer without Wechatpay-Signature-Type",
                "",
                a -> a.without(WechatPayHeaders.SIGNATURE_TYPE));
        either("headers.no-content-type", "an answer without Content-Type", "", a -> a.without("Content-Type"));
        either(
                "headers.other-content-type",
                "a signed JSON body as text/json",
                "Content-Type",
                a -> a.header("Content-Type", "text/json"));
        add(
                "headers.content-type-case",
                "content-type: APPLICATION/JSON; CHARSET=UTF-8, the right one in other letters",
                "RFC 9110 §8.3.1",
                Basis.DOCUMENTED,
                Expectation.ACCEPT,
                "content-type",
                a -> a.header("content-type", "APPLICATION/JSON; CHARSET=UTF-8"));
        either(
                "headers.two-signatures",
                "two signatures, the first of them wrong",
                WechatPayHeaders.SIGNATURE,
                a -> a.before(WechatPayHeaders.SIGNATURE, Base64.getEncoder().encodeToString(new byte[256])));
        either(
                "headers.two-nonces",
                "two nonces, the first of them wrong",
                WechatPayHeaders.NONCE,
                a -> a.before(WechatPayHeaders.NONCE, "0".repeat(32)));
    }

    void accept(String id, String answer, String source, Consumer<AnswerDraft> change) {
        add(id, answer, source, Basis.DOCUMENTED, Expectation.ACCEPT, "", change);
    }

    void reject(String id, String answer, String source, Consumer<AnswerDraft> change) {
        reject(id, answer, source, WechatPayHeaders.SIGNATURE, change);
    }

    void reject(String id, String answer, String source, String mark, Consumer<AnswerDraft> change) {
        add(id, answer, source, Basis.DOCUMENTED, Expectation.REJECT, mark, change);
    }

    void either(String id, String answer, String mark, Consumer<AnswerDraft> change) {
        add(id, answer, Sources.JAVA_SDK, Basis.SEEN, Expectation.EITHER, mark, change);
    }

    void add(
            String id,
            String answer,
            String source,
            Basis basis,
            Expectation expectation,
            String mark,
            Consumer<AnswerDraft> change) {
        cases.add(new ClientCase(id, answer, Sources.of(source), basis, expectation, mark, change));
    }
}
