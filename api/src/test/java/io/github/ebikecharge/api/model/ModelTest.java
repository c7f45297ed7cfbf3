package io.github.ebikecharge.api.model;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the generated records have in common, seen on those of the confirm call and the certificates. */
class ModelTest {
    private static final ValidatorFactory FACTORY = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory();

    private final Validator validator = FACTORY.getValidator();

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @Test
    void hasValidExamples() {
        assertThat(violations(ConfirmChargeRequest.example())).isEmpty();
        assertThat(violations(ConfirmChargeResponse.example())).isEmpty();
        assertThat(violations(ChargeInfo.example())).isEmpty();
    }

    @Test
    void requiresWhatTheContractRequires() {
        assertThat(violations(ConfirmChargeRequest.builder().build()))
                .containsExactlyInAnyOrder("appid NotNull", "chargeInfo NotNull");
        assertThat(violations(ChargeInfo.builder().build()))
                .containsExactlyInAnyOrder(
                        "startTime NotNull",
                        "chargingStationName NotNull",
                        "chargingGunNumber NotNull",
                        "deviceId NotNull");
        assertThat(violations(ConfirmChargeResponse.builder().build()))
                .containsExactlyInAnyOrder("chargingToken NotNull");
        assertThat(violations(ErrorResponse.builder().build()))
                .containsExactlyInAnyOrder("code NotNull", "message NotNull");
        assertThat(violations(ParamErrorDetail.builder().build())).isEmpty();
    }

    @Test
    void looksIntoFields() {
        var request = ConfirmChargeRequest.example().toBuilder()
                .chargeInfo(ChargeInfo.example().toBuilder().deviceId(null).build())
                .build();

        assertThat(violations(request)).containsExactly("chargeInfo.deviceId NotNull");
    }

    @Test
    void looksIntoLists() {
        var list = CertificateList.builder()
                .data(List.of(PlatformCertificate.builder()
                        .encryptCertificate(EncryptCertificate.builder().build())
                        .build()))
                .build();

        assertThat(violations(list))
                .containsExactlyInAnyOrder(
                        "data[0].effectiveTime NotNull",
                        "data[0].expireTime NotNull",
                        "data[0].serialNo NotNull",
                        "data[0].encryptCertificate.algorithm NotNull",
                        "data[0].encryptCertificate.associatedData NotNull",
                        "data[0].encryptCertificate.ciphertext NotNull",
                        "data[0].encryptCertificate.nonce NotNull");
    }

    @Test
    void refusesEmptyTexts() {
        var request = ConfirmChargeRequest.example().toBuilder()
                .subMchid("")
                .appid("")
                .subAppid("")
                .build();

        assertThat(violations(request)).containsExactlyInAnyOrder("subMchid Size", "appid Size", "subAppid Size");
    }

    @Test
    void acceptsTextsOfAnyLength() {
        var request = ConfirmChargeRequest.example().toBuilder()
                .appid("x".repeat(1000))
                .build();

        assertThat(violations(request)).isEmpty();
    }

    @Test
    void keepsTheTokenOutOfToString() {
        assertThat(ConfirmChargeResponse.example()).hasToString("ConfirmChargeResponse[not shown]");
    }

    @Test
    void isEqualToItsCopy() {
        var request = ConfirmChargeRequest.example();

        assertThat(request.toBuilder().build()).isEqualTo(request).hasSameHashCodeAs(request);
        assertThat(request.toBuilder().appid("wx0").build()).isNotEqualTo(request);
    }

    private List<String> violations(Object value) {
        return validator.validate(value).stream()
                .map(violation -> violation.getPropertyPath() + " "
                        + violation
                                .getConstraintDescriptor()
                                .getAnnotation()
                                .annotationType()
                                .getSimpleName())
                .toList();
    }
}
