package io.github.ebikecharge.api.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class Pkcs12FuzzTest {
    static Stream<byte[]> files() {
        return Stream.of("merchant-unchecked", "merchant", "merchant-legacy", "sm2-merchant", "no-key")
                .map(name -> Fixtures.bytes("openssl/" + name + ".p12"));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "")
    void opensWhoCanSignAndRefusesTheRest(byte[] file) {
        MerchantCredentials merchant;
        try {
            merchant = MerchantCredentials.fromPkcs12(new ByteArrayInputStream(file), Fixtures.MCHID);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)The (PKCS#12 file|private key|certificate's|.*key) .*");
            return;
        }
        assertThatCode(() -> SignatureScheme.ofKey(merchant.privateKey())
                        .sign(merchant.privateKey(), SignedMessage.ofResponse(0, "", new byte[0])))
                .doesNotThrowAnyException();
    }
}
