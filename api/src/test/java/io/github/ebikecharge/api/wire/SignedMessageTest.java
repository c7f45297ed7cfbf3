package io.github.ebikecharge.api.wire;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SignedMessageTest {
    private static final byte[] EMPTY = {};

    @Test
    void hasFiveLinesForRequest() {
        assertThat(request("{}")).hasToString("POST\n/v3/a%2Fb?c=%e5+d\n1714000000\nnonce\n{}\n");
    }

    @Test
    void hasThreeLinesForResponse() {
        assertThat(SignedMessage.ofResponse(1_714_000_000, "nonce", utf8("{}"))).hasToString("1714000000\nnonce\n{}\n");
    }

    @Test
    void endsInLineFeedOfItsOwnWhereThereIsNoBody() {
        assertThat(SignedMessage.ofRequest("GET", "/v3/certificates", 1, "n", EMPTY))
                .hasToString("GET\n/v3/certificates\n1\nn\n\n");
        assertThat(SignedMessage.ofResponse(1, "n", EMPTY)).hasToString("1\nn\n\n");
    }

    @Test
    void endsInOneMoreLineFeedWhereTheBodyEndsInOne() {
        assertThat(request("{}\n").toString()).endsWith("\nnonce\n{}\n\n");
    }

    @Test
    void keepsBytesThatAreNotText() {
        byte[] body = {(byte) 0xFF, 0, '\r', '\n', (byte) 0x80};

        assertThat(SignedMessage.ofResponse(1, "n", body).toBytes())
                .containsExactly('1', '\n', 'n', '\n', 0xFF, 0, '\r', '\n', 0x80, '\n');
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(SignedMessage.ofResponse(1, "n", utf8("充电站")).length()).isEqualTo(2 + 2 + 9 + 1);
    }

    @Test
    void cannotBeChangedFromOutside() {
        var body = utf8("{}");
        var message = SignedMessage.ofResponse(1, "n", body);

        body[0] = 'x';
        message.toBytes()[0] = 'x';

        assertThat(message).hasToString("1\nn\n{}\n");
    }

    @Test
    void cutsBodyAndKeepsLastLineFeed() {
        assertThat(request("{\"sub_mchid\":1}").truncated(8)).endsWith("\nnonce\n{\"sub_mc\n");
    }

    @Test
    void cutsNothingFromShortBody() {
        var message = request("12345678");

        assertThat(message.truncated(8)).isEqualTo(message.toString());
        assertThat(message.truncated(9)).isEqualTo(message.toString());
        assertThat(SignedMessage.ofResponse(1, "n", EMPTY).truncated(8)).isEqualTo("1\nn\n\n");
    }

    @Test
    void cutsWholeBody() {
        assertThat(request("12345678").truncated(0)).endsWith("\nnonce\n\n");
    }

    @Test
    void replacesCharacterThatIsCutInTwo() {
        assertThat(SignedMessage.ofResponse(1, "n", utf8("充电站")).truncated(8)).isEqualTo("1\nn\n充电\uFFFD\n");
    }

    private static SignedMessage request(String body) {
        return SignedMessage.ofRequest("POST", "/v3/a%2Fb?c=%e5+d", 1_714_000_000, "nonce", utf8(body));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
