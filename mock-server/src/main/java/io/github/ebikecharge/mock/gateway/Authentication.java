package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.mock.contract.Caller;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Who signed a request, if anybody did: header, scheme, timestamp, serial number, signature, in that order. The
 * verdict is reached over the raw bytes before anything else looks at the request, even where another error is
 * reported first: only a request that verified gets a signed answer.
 */
final class Authentication {
    /** Timestamps up to this far from now are accepted; assumed: the edge itself is. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Merchants merchants;
    private final Clock clock;

    Authentication(Merchants merchants, Clock clock) {
        this.merchants = merchants;
        this.clock = clock;
    }

    /** The verdict on a request. */
    Verdict examine(GatewayRequest request) {
        try {
            return Verdict.signedBy(verify(request));
        } catch (Refusal refusal) {
            return Verdict.refused(refusal);
        }
    }

    private Caller verify(GatewayRequest request) throws Refusal {
        AuthorizationHeader authorization = parse(request);
        long age = clock.instant().getEpochSecond() - authorization.timestamp();
        if (Math.abs(age) > WINDOW.toSeconds()) {
            throw Refusal.timestampOutOfRange();
        }
        PublicKey key =
                merchants.key(authorization.mchid(), authorization.serialNo()).orElseThrow(Refusal::unknownSerial);
        SignedMessage message = SignedMessage.ofRequest(
                request.method(),
                request.target(),
                authorization.timestamp(),
                authorization.nonceStr(),
                request.body());
        try {
            authorization.scheme().verify(key, message, authorization.signature());
        } catch (SignatureVerificationException e) {
            throw Refusal.signatureMismatch(request.method(), request.target(), message);
        }
        return new Caller(authorization.mchid());
    }

    private static AuthorizationHeader parse(GatewayRequest request) throws Refusal {
        try {
            return AuthorizationHeader.parse(request.header(WechatPayHeaders.AUTHORIZATION));
        } catch (SignatureVerificationException e) {
            throw e.reason() == SignatureVerificationException.Reason.UNKNOWN_SCHEME
                    ? Refusal.unknownScheme()
                    : Refusal.malformedAuthorization();
        }
    }

    /** Either a caller or a refusal. */
    static final class Verdict {
        private final Optional<Caller> caller;
        private final Optional<Refusal> refusal;

        private Verdict(Optional<Caller> caller, Optional<Refusal> refusal) {
            this.caller = caller;
            this.refusal = refusal;
        }

        static Verdict signedBy(Caller caller) {
            return new Verdict(Optional.of(caller), Optional.empty());
        }

        static Verdict refused(Refusal refusal) {
            return new Verdict(Optional.empty(), Optional.of(refusal));
        }

        boolean verified() {
            return caller.isPresent();
        }

        /** The caller, or the refusal as an exception. */
        Caller callerOrRefuse() throws Refusal {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return caller.orElseThrow();
        }
    }
}
