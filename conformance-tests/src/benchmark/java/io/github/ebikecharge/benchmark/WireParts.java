package io.github.ebikecharge.benchmark;

import com.fasterxml.jackson.core.JacksonException;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.demo.DemoKeys;
import java.security.PublicKey;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is computed around the bytes of a call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WireParts {
    private static final String TARGET = "/v3/ebike/charge/contracts/" + Requests.CONTRACT_ID + "/confirm";

    private final ConfirmChargeRequest session = Requests.session();
    private final byte[] body = WireJson.write(session);
    private final MerchantCredentials rsa = DemoKeys.load().merchant();
    private final MerchantCredentials sm2 = DemoKeys.load().sm2Merchant();
    private final PublicKey rsaKey = DemoKeys.load().merchantCertificate().getPublicKey();
    private final PublicKey sm2Key = DemoKeys.load().sm2MerchantCertificate().getPublicKey();
    private final AuthorizationHeader rsaSigned = sign(rsa);
    private final AuthorizationHeader sm2Signed = sign(sm2);
    private final String header = rsaSigned.toHeaderValue();

    private AuthorizationHeader sign(MerchantCredentials merchant) {
        return new Signer(merchant.serialNo(), merchant.privateKey(), Clock.systemUTC())
                .signRequest(merchant.mchid(), "POST", TARGET, body);
    }

    private SignedMessage message(AuthorizationHeader authorization) {
        return SignedMessage.ofRequest("POST", TARGET, authorization.timestamp(), authorization.nonceStr(), body);
    }

    private AuthorizationHeader verify(AuthorizationHeader authorization, PublicKey key)
            throws SignatureVerificationException {
        authorization.scheme().verify(key, message(authorization), authorization.signature());
        return authorization;
    }

    /** With nonce, message and Base64, as a client does. */
    @Benchmark
    public AuthorizationHeader signRsa() {
        return sign(rsa);
    }

    @Benchmark
    public AuthorizationHeader verifyRsa() throws SignatureVerificationException {
        return verify(rsaSigned, rsaKey);
    }

    /** The whole crypto of a server: header read, message built, verified, and another one signed. */
    @Benchmark
    public AuthorizationHeader parseVerifyAndSignRsa() throws SignatureVerificationException {
        verify(AuthorizationHeader.parse(header), rsaKey);
        return sign(rsa);
    }

    @Benchmark
    public AuthorizationHeader signSm2() {
        return sign(sm2);
    }

    @Benchmark
    public AuthorizationHeader verifySm2() throws SignatureVerificationException {
        return verify(sm2Signed, sm2Key);
    }

    @Benchmark
    public AuthorizationHeader parseAuthorization() throws SignatureVerificationException {
        return AuthorizationHeader.parse(header);
    }

    @Benchmark
    public String formatAuthorization() {
        return rsaSigned.toHeaderValue();
    }

    @Benchmark
    public byte[] buildMessage() {
        return message(rsaSigned).toBytes();
    }

    @Benchmark
    public byte[] writeBody() {
        return WireJson.write(session);
    }

    @Benchmark
    public ConfirmChargeRequest readBody() throws JacksonException {
        return WireJson.read(body, ConfirmChargeRequest.class);
    }
}
