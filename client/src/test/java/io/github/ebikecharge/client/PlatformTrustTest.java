package io.github.ebikecharge.client;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.client.Keys.OTHER;
import static io.github.ebikecharge.client.Keys.PLATFORM;
import static io.github.ebikecharge.client.Keys.PUBLIC_KEY_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlatformTrustTest {
    private static final String OLDER = "5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC";
    private static final String NEWER = "4B50A1D7C9E2F3041526374859606A7B8C9DAEBF";
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final PlatformTrust publicKey = PlatformTrust.publicKey(PUBLIC_KEY_ID, PLATFORM.getPublic());
    private final PlatformTrust certificates = PlatformTrust.certificates(List.of(
            Keys.certificate(OLDER, PLATFORM, START), Keys.certificate(NEWER, OTHER, START.plusSeconds(86_400))));

    @Test
    void trustsThePublicKeyUnderItsIdOnly() {
        assertThat(publicKey.preferredSerial()).hasValue(PUBLIC_KEY_ID);
        assertThat(publicKey.find(PUBLIC_KEY_ID)).contains(PLATFORM.getPublic());
        assertThat(publicKey.find(OLDER)).isEmpty();
        assertThat(publicKey.find("")).isEmpty();
    }

    @Test
    void trustsEachCertificateUnderItsSerial() {
        assertThat(certificates.find(OLDER)).contains(PLATFORM.getPublic());
        assertThat(certificates.find(NEWER)).contains(OTHER.getPublic());
        assertThat(certificates.find(PUBLIC_KEY_ID)).isEmpty();
    }

    @Test
    void prefersTheNewestCertificateWhateverTheOrder() {
        var older = Keys.certificate(OLDER, PLATFORM, START);
        var newer = Keys.certificate(NEWER, OTHER, START.plusSeconds(1));

        assertThat(PlatformTrust.certificates(List.of(older, newer)).preferredSerial())
                .hasValue(NEWER);
        assertThat(PlatformTrust.certificates(List.of(newer, older)).preferredSerial())
                .hasValue(NEWER);
    }

    @Test
    void trustsBothAndPrefersTheFirst() {
        var both = publicKey.and(certificates);

        assertThat(both.preferredSerial()).hasValue(PUBLIC_KEY_ID);
        assertThat(both.find(PUBLIC_KEY_ID)).contains(PLATFORM.getPublic());
        assertThat(both.find(OLDER)).contains(PLATFORM.getPublic());
        assertThat(both.find(NEWER)).contains(OTHER.getPublic());
        assertThat(certificates.and(publicKey).preferredSerial()).hasValue(NEWER);
        assertThat(publicKey.find(OLDER)).as("unchanged").isEmpty();
    }

    @Test
    void keepsItsOwnKeyWhereBothNameOne() {
        var other = PlatformTrust.publicKey(PUBLIC_KEY_ID, OTHER.getPublic());

        assertThat(publicKey.and(other).find(PUBLIC_KEY_ID)).contains(PLATFORM.getPublic());
    }

    @Test
    void needsACertificate() {
        assertThatThrownBy(() -> PlatformTrust.certificates(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("At least one platform certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "PUB_KEY_ID_0\n", " PUB_KEY_ID_0", "PUB KEY", "公钥"})
    void refusesAnIdThatCannotStandInAHeader(String id) {
        assertThatThrownBy(() -> PlatformTrust.publicKey(id, PLATFORM.getPublic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("PUB_KEY_ID_", "white space", id);
    }

    @Test
    void refusesKeysThatWeChatPayDoesNotSignWith() {
        var curve = Keys.generate("EC");

        assertThatThrownBy(() -> PlatformTrust.publicKey(PUBLIC_KEY_ID, curve.getPublic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EC");
        assertThatThrownBy(() -> PlatformTrust.certificates(List.of(Keys.certificate(OLDER, curve, START))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EC");
    }
}
