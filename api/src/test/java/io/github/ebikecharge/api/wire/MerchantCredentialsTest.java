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

    @Test
    void readsKeyOfSm2FromEitherForm() {
        var credentials = MerchantCredentials.fromPem(text("openssl/sm2-key.pem"), text("openssl/sm2-merchant.pem"));

        assertThat(credentials.mchid()).isEqualTo(MCHID);
        assertThat(credentials.serialNo()).isEqualTo("6A1F0C3D5B7E92846A1F0C3D5B7E92846A1F0C3D");
        assertThat(credentials.privateKey()).isEqualTo(Fixtures.sm2PrivateKey());
        assertThat(MerchantCredentials.fromPkcs12(stream(bytes("openssl/sm2-merchant.p12")), MCHID))
                .isEqualTo(credentials);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl/merchant.p12", "openssl/merchant-legacy.p12", "openssl/sm2-merchant.p12"})
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

    @ParameterizedTest
    @ValueSource(strings = {"openssl/merchant.p12", "openssl/sm2-merchant.p12"})
    void refusesTruncatedFile(String file) {
        byte[] whole = bytes(file);

        for (int length = 0; length < whole.length; length += 97) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MerchantCredentials.fromPkcs12(stream(part), MCHID))
                    .withMessageStartingWith("The PKCS#12 file cannot be opened");
        }
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
    void refusesCertificateOfAnotherScheme() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> MerchantCredentials.fromPem(text("openssl/sm2-key.pem"), text("openssl/merchant.pem")))
                .withMessage("The private key does not belong to the certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MerchantCredentials.fromPem(text("openssl/key-pkcs8.pem"), text("openssl/sm2-merchant.pem")))
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
                .withMessageEndingWith("this key is EC on another curve");
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
