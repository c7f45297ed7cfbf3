package io.github.ebikecharge.mock;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is verified is the target as it stands in the request line; what cannot be one is refused without a word. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawTargetTest {
    private static final String ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    private static String confirm(String id) {
        return SignedRequest.CONFIRM.replace(ID, id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%61AfixCs13LsdKPpfZfDkk2189ssXjfx", "a%41fixCs13LsdKPpfZfDkk2189ssX%6afx", ID})
    void findsTheContractUnderAnyEncodingAndVerifiesTheOneThatCame(String id) throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().target(confirm(id)));

        mock.assertSigned(answer);
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "%61AfixCs13LsdKPpfZfDkk2189ssXjfx, aAfixCs13LsdKPpfZfDkk2189ssXjfx",
        "aAfixCs13LsdKPpfZfDkk2189ssX%6Afx, aAfixCs13LsdKPpfZfDkk2189ssX%6afx",
        "aAfixCs13LsdKPpfZfDkk2189ssX%6afx, aAfixCs13LsdKPpfZfDkk2189ssX%6Afx"
    })
    void refusesASignatureOverAnotherEncoding(String sent, String signed) throws Exception {
        RawHttp.Answer answer = sendSignedFor(confirm(sent), confirm(signed));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("\"url\":\"" + confirm(sent) + "\"");
        FixedMock.assertUnsigned(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "?, ''",
        "'', ?",
        "?b=1&a=2, ?a=2&b=1",
        "?a=%e5, ?a=%E5",
        "?a=+, ?a=%20",
        "?a=%2F, ?a=/",
        "?a, ?a=",
        "?a=1&a=1, ?a=1"
    })
    void refusesASignatureOverAnotherQuery(String sent, String signed) throws Exception {
        FixedMock.assertUnsigned(sendSignedFor(SignedRequest.CONFIRM + sent, SignedRequest.CONFIRM + signed));
        mock.assertSigned(mock.send(SignedRequest.confirm().target(SignedRequest.CONFIRM + sent)));
    }

    @Test
    void takesAQuestionMarkWithNothingBehindItForPartOfTheTarget() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().target(SignedRequest.CONFIRM + '?'));

        mock.assertSigned(answer);
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v3//ebike", "//v3/ebike", "/v3/./ebike", "/v3/x/../ebike", "/v3/%2e/ebike", "/v3;a/ebike"})
    void doesNotTidyUpAPath(String prefix) throws Exception {
        RawHttp.Answer answer =
                mock.send(SignedRequest.confirm().target(SignedRequest.CONFIRM.replace("/v3/ebike", prefix)));

        assertThat(answer.status()).isIn(400, 404);
        assertPlain(answer);
    }

    @Test
    void verifiesThePathOfAnAbsoluteTarget() throws Exception {
        String absolute = "http://api.mch.weixin.qq.com" + SignedRequest.CONFIRM;

        RawHttp.Answer answer = sendSignedFor(absolute, SignedRequest.CONFIRM);

        mock.assertSigned(answer);
        assertThat(answer.status()).isEqualTo(200);
    }

    private RawHttp.Answer sendSignedFor(String sent, String signed) throws Exception {
        String request = new String(SignedRequest.confirm().target(signed).toBytes(), UTF_8);
        assertThat(request).startsWith("POST " + signed + " HTTP/1.1");
        return RawHttp.exchange(
                mock.baseUrl(),
                ("POST " + sent + request.substring("POST ".length() + signed.length())).getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "%zzAfix, 400",
        "%, 400",
        "%6, 400",
        "%u0041, 400",
        "%00, 400",
        "a\u0000b, 400",
        "a\u0001b, 400",
        "充电站, 400",
        "%ff, 400",
        "a b, 400"
    })
    void refusesWhatIsNoPath(String id, int status) throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().target(confirm(id)));

        assertThat(answer.status()).isEqualTo(status);
        assertPlain(answer);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "GARBAGE | 400",
                "GET | 400",
                "GET /v3/certificates | 400",
                "GET v3/certificates HTTP/1.1 | 400",
                "GET http://elsewhere/v3/certificates HTTP/1.1 | 400",
                "GET /v3/certificates HTTP/9.9 | 400",
                "GET /v3/certificates HTTP/2.0 | 400",
                "PRI * HTTP/2.0 | 400",
                "OPTIONS * HTTP/1.1 | 404",
                "CONNECT api.mch.weixin.qq.com:443 HTTP/1.1 | 400",
                "TRACE /v3/certificates HTTP/1.1 | 405"
            },
            delimiter = '|')
    void refusesWhatIsNoRequestLine(String line, int status) throws Exception {
        RawHttp.Answer answer =
                RawHttp.exchange(mock.baseUrl(), (line + "\r\nHost: api.mch.weixin.qq.com\r\n\r\n").getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(status);
        assertPlain(answer);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "Host: | 400",
                "Host: b | 400",
                "Content-Length: x | 400",
                "Content-Length: -1 | 400",
                "Transfer-Encoding: gzip | 400",
                "Expect: cookies | 417",
                "A name: 1 | 400",
                "No-Colon | 400"
            },
            delimiter = '|')
    void refusesAHeaderThatIsNone(String header, int status) throws Exception {
        RawHttp.Answer answer = RawHttp.exchange(
                mock.baseUrl(),
                ("POST " + SignedRequest.CONFIRM + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n").getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(status);
        assertPlain(answer);
    }

    @Test
    void refusesHeadersAndTargetsOfTwentyThousandBytes() throws Exception {
        char[] filling = new char[20_000];
        Arrays.fill(filling, 'a');
        String many = new String(filling);

        RawHttp.Answer header = mock.send(SignedRequest.confirm().header("X-Filling", many));
        RawHttp.Answer target = mock.send(SignedRequest.confirm().target(SignedRequest.CONFIRM + "?a=" + many));

        assertThat(header.status()).isEqualTo(431);
        assertPlain(header);
        assertThat(target.status()).isEqualTo(414);
        assertPlain(target);
    }

    @Test
    void refusesABodyOfMoreThanAMillionBytes() throws Exception {
        RawHttp.Answer answer = mock.send(SignedRequest.confirm().body(new byte[1_000_001]));

        assertThat(answer.status()).isEqualTo(413);
        assertPlain(answer);
    }

    @Test
    void refusesAChunkThatIsNone() throws Exception {
        RawHttp.Answer answer = RawHttp.exchange(
                mock.baseUrl(),
                ("POST " + SignedRequest.CONFIRM
                                + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n")
                        .getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertPlain(answer);
    }

    /** No page of the server library, no version, no stack trace. */
    private static void assertPlain(RawHttp.Answer answer) {
        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("Server")).isEqualTo("nginx");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("Request-ID")).matches("[0-9A-F]+-0");
        FixedMock.assertUnsigned(answer);
    }
}
