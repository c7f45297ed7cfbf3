package io.github.ebikecharge.api.wire;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ebikecharge.api.wire.Fixtures.MCHID;
import static io.github.ebikecharge.api.wire.Fixtures.SERIAL;
import static io.github.ebikecharge.api.wire.Fixtures.bytes;
import static io.github.ebikecharge.api.wire.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MerchantCredentialsTest {

    @ParameterizedTest
    @ValueSource(strings = {"openssl/key-pkcs1.pem", "openssl/key-pkcs8.pem"})
    void readsMerchantNumberFromTheCertificate(String keyFile) {
        var credentials = MerchantCredentials.fromPem(text(keyFile), text("openssl/merchant.pem"));

        assertThat(credentials.mchid()).isEqualTo(MCHID);
        assertThat(credentials.serialNo()).isEqualTo(SERIAL);
        assertThat(credentials.privateKey()).isEqualTo(Fixtures.privateKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl/merchant.p12", "openssl/merchant-legacy.p12"})
    void readsPkcs12InEitherEncryption(String file) {
        assertThat(MerchantCredentials.fromPkcs12(stream(bytes(file)), MCHID))
                .isEqualTo(MerchantCredentials.fromPem(text("openssl/key-pkcs8.pem"), text("openssl/merchant.pem")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl/merchant.p12", "openssl/merchant-legacy.p12"})
    void refusesAnotherPassword(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerchantCredentials.fromPkcs12(stream(bytes(file)), "1230000108"))
                .withMessageStartingWith("The PKCS#12 file cannot be opened; its password is the merchant number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl/key-pkcs8.pem", "openssl/merchant.pem"})
    void refusesFileThatIsNotPkcs12(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerchantCredentials.fromPkcs12(stream(bytes(file)), MCHID))
                .withMessageStartingWith("The PKCS#12 file cannot be opened");
    }

    @Test
    void refusesEmptyFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerchantCredentials.fromPkcs12(stream(new byte[0]), MCHID))
                .withMessageStartingWith("The PKCS#12 file cannot be opened");
    }

    @Test
    void refusesTruncatedFile() {
        byte[] whole = bytes("openssl/merchant.p12");
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerchantCredentials.fromPkcs12(stream(half), MCHID))
                .withMessageStartingWith("The PKCS#12 file cannot be opened");
    }

    @Test
    void refusesPkcs12WithoutKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerchantCredentials.fromPkcs12(stream(bytes("openssl/no-key.p12")), MCHID))
                .withMessage("The PKCS#12 file holds no private key with a certificate");
    }

    @Test
    void refusesCertificateOfAnotherKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MerchantCredentials.fromPem(text("openssl/key-pkcs8.pem"), text("openssl/high-serial.pem")))
                .withMessage("The private key does not belong to the certificate");
    }

    @Test
    void refusesCertificateWithoutMerchantNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MerchantCredentials.fromPem(text("openssl/key-pkcs8.pem"), text("openssl/low-serial.pem")))
                .withMessage("The certificate's subject has no common name");
    }

    @Test
    void refusesKeyOfAnotherKind() {
        var key = Pem.write(Fixtures.ellipticCurveKeys().getPrivate());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerchantCredentials.fromPem(key, text("openssl/merchant.pem")))
                .withMessageStartingWith("A merchant signs with RSA, this key is EC");
    }

    @Test
    void refusesFilesInTheWrongOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> MerchantCredentials.fromPem(text("openssl/merchant.pem"), text("openssl/key-pkcs8.pem")))
                .withMessageStartingWith("Expected a private key");
    }

    @Test
    void keepsKeyOutOfToString() {
        var credentials = MerchantCredentials.fromPem(text("openssl/key-pkcs8.pem"), text("openssl/merchant.pem"));

        assertThat(credentials).hasToString("MerchantCredentials[mchid=1230000109, serialNo=" + SERIAL + "]");
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
