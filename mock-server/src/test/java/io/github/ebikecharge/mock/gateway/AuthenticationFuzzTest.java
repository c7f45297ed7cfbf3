package io.github.ebikecharge.mock.gateway;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.gateway.Authentication.Verdict;
import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import io.github.ebikecharge.mock.world.MemoryStore;
import io.github.ebikecharge.mock.world.StoreAccess;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Whatever a caller signs, or does not. */
class AuthenticationFuzzTest {
    private static final long NOW = 1_714_000_000;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    private static final DemoKeys KEYS = DemoKeys.load();
    private static final MockConfiguration CONFIGURATION = MockConfiguration.builder()
            .assumptions(Assumptions.builder().repeatedNoncesRefused(true).build())
            .build();
    private static final String SERIAL = Certificates.serialNo(KEYS.merchantCertificate());

    private final Authentication authentication =
            new Authentication(merchants(), new StoreAccess(new MemoryStore()), CLOCK);

    private static Merchants merchants() {
        Merchants merchants = new Merchants();
        merchants.add(KEYS.merchantCertificate());
        merchants.addSm2(KEYS::sm2MerchantCertificate);
        return merchants;
    }

    static Stream<Arguments> requests() {
        byte[] body = "{\"appid\":\"wx47c677487ce3ac47\"}".getBytes(UTF_8);
        String target = "/v3/ebike/charge/contracts/1/confirm?x=%E5%85%85";
        String signed = authorization(SERIAL, "POST", target, body).toHeaderValue();
        String sm2 = new Signer(
                        Certificates.serialNo(KEYS.sm2MerchantCertificate()),
                        KEYS.sm2Merchant().privateKey(),
                        CLOCK)
                .signRequest(DemoKeys.MCHID, "POST", target, body)
                .toHeaderValue();
        return Stream.of(
                Arguments.of(false, "POST", target, signed, body),
                Arguments.of(false, "POST", target, sm2, body),
                Arguments.of(true, "GET", "/v3/certificates", null, new byte[0]),
                Arguments.of(false, "POST", target, signed.replace("\",", "\" , "), body),
                Arguments.of(false, "POST", target, signed.replace("" + NOW, "" + (NOW + 301)), body),
                Arguments.of(false, "POST", target, signed.replaceFirst("signature=\"..", "signature=\"=!"), body),
                Arguments.of(false, "POST", target, signed.replace(SERIAL, "00"), body),
                Arguments.of(false, "POST", target, "Bearer x", body));
    }

    private static AuthorizationHeader authorization(String serial, String method, String target, byte[] body) {
        return new Signer(serial, KEYS.merchant().privateKey(), CLOCK)
                .signRequest(DemoKeys.MCHID, method, target, body);
    }

    /** @param sign whether the request is signed as it should be, whatever the header */
    @MethodSource("requests")
    @FuzzTest(maxDuration = "")
    void letsThroughWhatVerifiesAndRefusesTheRest(
            boolean sign,
            @NotNull String method,
            @NotNull String target,
            @Nullable String header,
            byte @NotNull [] body)
            throws Exception {
        String authorization =
                sign ? authorization(SERIAL, method, target, body).toHeaderValue() : header;
        GatewayRequest request = request(method, target, authorization, body);
        authentication.reset();
        Verdict verdict = authentication.examine(request, CONFIGURATION);

        assertThat(verdict.passed()).isEqualTo(verdict.name() == SignatureVerdict.VERIFIED);
        if (sign) {
            assertThat(verdict.passed()).isTrue();
        }
        if (verdict.passed()) {
            assertThat(verdict.callerOrRefuse().mchid()).isEqualTo(DemoKeys.MCHID);
            assertThat(verifies(method, target, String.valueOf(authorization), body))
                    .isTrue();
            Verdict replayed = authentication.examine(request, CONFIGURATION);
            assertThat(replayed.name()).isEqualTo(SignatureVerdict.REFUSED);
        } else {
            Refusal refusal = catchThrowableOfType(Refusal.class, verdict::callerOrRefuse);
            assertThat(refusal.status()).isBetween(400, 499);
            assertThat(refusal.body()).isNotEmpty();
        }
    }

    private static GatewayRequest request(String method, String target, @Nullable String authorization, byte[] body) {
        HttpFields.Mutable headers = HttpFields.build();
        if (authorization != null) {
            headers.add("Authorization", authorization);
        }
        return new GatewayRequest(null, method, target, "http", headers, Map.of(), Map.of(), body);
    }

    /** What the JDK and Bouncy Castle say of the lines as the documentation has them. */
    private static boolean verifies(String method, String target, String authorization, byte[] body)
            throws GeneralSecurityException, SignatureVerificationException {
        AuthorizationHeader header =
                AuthorizationHeader.parse(authorization.replaceAll("\\s*([,=])\\s*(?=[a-z_\"])", "$1"));
        boolean rsa = header.serialNo().equalsIgnoreCase(SERIAL);
        if (!rsa) {
            return header.serialNo().equalsIgnoreCase(Certificates.serialNo(KEYS.sm2MerchantCertificate()));
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.merchantCertificate());
        signature.update(
                (method + '\n' + target + '\n' + header.timestamp() + '\n' + header.nonceStr() + '\n').getBytes(UTF_8));
        signature.update(body);
        signature.update((byte) '\n');
        return signature.verify(Base64.getDecoder().decode(header.signature()))
                && Math.abs(header.timestamp() - NOW) <= 300;
    }
}
