package io.github.ebikecharge.api.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class AuthorizationHeaderFuzzTest {
    private static final Pattern HEADER = Pattern.compile("WECHATPAY2-(SHA256-RSA2048|SM2-WITH-SM3) FIELD(,FIELD){4}"
            .replace(
                    "FIELD", "((mchid|nonce_str|serial_no|signature)=\"[^\"]++\"|timestamp=\"(0|[1-9][0-9]{0,17})\")"));

    static Stream<byte[]> headers() {
        return Stream.of(
                        "",
                        " ",
                        new AuthorizationHeader(
                                        SignatureScheme.SM2_WITH_SM3, Fixtures.MCHID, "n", Fixtures.NOW, "1F", "c2ln")
                                .toHeaderValue(),
                        "WECHATPAY2-SHA256-RSA2048 timestamp=\"0\",mchid=\"1,2\",signature=\"=\",serial_no=\"a b\","
                                + "nonce_str=\"\n\"",
                        "WECHATPAY2-SHA256-RSA2048 mchid=\"1\",mchid=\"1\",nonce_str=\"\",timestamp=\"01\",",
                        "Bearer x")
                .map(header -> header.getBytes(UTF_8));
    }

    @MethodSource("headers")
    @FuzzTest(maxDuration = "")
    void takesWhatTheGrammarAllowsAndNothingElse(byte[] text) {
        String value = new String(text, UTF_8);
        AuthorizationHeader header = parsed(value);

        assertThat(header != null).isEqualTo(isAllowed(value));
        if (header != null) {
            assertThat(parsed(header.toHeaderValue())).isEqualTo(header);
        }
    }

    private static @Nullable AuthorizationHeader parsed(String value) {
        try {
            return AuthorizationHeader.parse(value);
        } catch (SignatureVerificationException e) {
            return null;
        }
    }

    private static boolean isAllowed(String value) {
        if (!HEADER.matcher(value).matches()) {
            return false;
        }
        String[] parts = value.substring(value.indexOf(' ')).split("\"", -1);
        Set<String> names = new TreeSet<>();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            names.add(parts[i].substring(1));
        }
        return names.size() == 5;
    }
}
