package io.github.ebikecharge.api.wire;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.ebikecharge.api.wire.Fixtures.NOW;
import static io.github.ebikecharge.api.wire.Fixtures.reasonOf;
import static io.github.ebikecharge.api.wire.SignatureVerificationException.Reason.SIGNATURE_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;

/** Which signatures wait for the next message of their key. */
class IdleSignaturesTest {
    private static final SignedMessage MESSAGE = SignedMessage.ofResponse(NOW, "nonce", new byte[0]);

    @ParameterizedTest
    @EnumSource
    void setsUpOneForManyMessages(SignatureScheme scheme) throws Exception {
        RsaProvider.loaded().get(30, TimeUnit.SECONDS);
        PrivateKey key = Fixtures.privateKey(scheme);
        PublicKey publicKey = Fixtures.publicKey(scheme);

        String made = "";
        for (int time = 1; time <= 3; time++) {
            made = scheme.sign(key, MESSAGE);
            scheme.verify(publicKey, MESSAGE, made);
        }

        assertThat(IdleSignatures.take(key)).isNotNull();
        assertThat(IdleSignatures.take(key)).as("a second one").isNull();
        assertThat(IdleSignatures.take(publicKey)).isNotNull();
        assertThat(IdleSignatures.take(publicKey)).as("a second one").isNull();

        scheme.verify(publicKey, MESSAGE, made);
        String signature = made;
        var another = SignedMessage.ofResponse(NOW, "another", new byte[0]);
        assertThat(reasonOf(() -> scheme.verify(publicKey, another, signature))).isEqualTo(SIGNATURE_MISMATCH);
        assertThat(IdleSignatures.take(publicKey)).as("the one that refused").isNull();
    }
}
