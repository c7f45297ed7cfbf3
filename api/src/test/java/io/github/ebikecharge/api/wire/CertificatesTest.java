package io.github.ebikecharge.api.wire;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.ebikecharge.api.wire.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CertificatesTest {

    @ParameterizedTest
    @CsvSource({
        "merchant, 5E3A7C9142D8B06F1A2B3C4D5E6F708192A3B4C5",
        "high-serial, F0E1D2C3B4A5968778695A4B3C2D1E0F01020304",
        "low-serial, 0A1B2C3D4E5F60718293A4B5C6D7E8F901020304"
    })
    void writesSerialNumberAsTwoDigitsForEachByte(String file, String serial) {
        assertThat(Certificates.serialNo(certificate(file))).isEqualTo(serial);
    }

    @ParameterizedTest
    @CsvSource({"merchant, 1230000109", "high-serial, Tenpay.com sign"})
    void readsCommonName(String file, String commonName) {
        assertThat(Certificates.commonName(certificate(file))).isEqualTo(commonName);
    }

    @Test
    void refusesSubjectWithoutCommonName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Certificates.commonName(certificate("low-serial")))
                .withMessage("The certificate's subject has no common name");
    }

    private static X509Certificate certificate(String file) {
        return Pem.readCertificate(text("openssl/" + file + ".pem"));
    }
}
