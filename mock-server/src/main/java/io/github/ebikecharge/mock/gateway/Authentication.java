package io.github.ebikecharge.mock.gateway;

import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.contract.Nonces;
import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.SignatureVerdict;
import io.github.ebikecharge.mock.model.UnsignedRequests;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who signed a request, if anybody did: header, scheme, timestamp, serial number, signature, in that order. The
 * verdict is reached over the raw bytes before anything else looks at the request, even where another error is
 * reported first: only a request that verified gets a signed answer.
 */
final class Authentication {
    /** Timestamps farther than this from now are refused. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Pattern SPACES = Pattern.compile("\\s*([,=])\\s*(?=[a-z_\"])");

    private final Merchants merchants;
    private final Clock clock;
    private final Nonces nonces;

    Authentication(Merchants merchants, Nonces nonces, Clock clock) {
        this.merchants = merchants;
        this.nonces = nonces;
        this.clock = clock;
    }

    /** Forgets which nonces were used. */
    void reset() {
        nonces.forget();
    }

    /** The verdict on a request. */
    Verdict examine(GatewayRequest request, MockConfiguration configuration) {
        Optional<String> standIn = merchants.unsignedCaller();
        if (configuration.unsigned() == UnsignedRequests.ALLOW
                && standIn.isPresent()
                && request.header(WechatPayHeaders.AUTHORIZATION) == null) {
            return Verdict.unsigned(new Caller(standIn.get()));
        }
        try {
            AuthorizationHeader verified = verify(request, configuration.assumptions());
            return Verdict.signedBy(new Caller(verified.mchid()), verified.scheme());
        } catch (Refusal refusal) {
            return Verdict.refused(refusal);
        } catch (StoreUnavailableException e) {
            return Verdict.refused(Refusal.serviceUnavailable());
        }
    }

    private AuthorizationHeader verify(GatewayRequest request, Assumptions assumptions) throws Refusal {
        AuthorizationHeader authorization = parse(request, assumptions);
        long age = Math.abs(clock.instant().getEpochSecond() - authorization.timestamp());
        if (age > WINDOW.toSeconds() || (age == WINDOW.toSeconds() && !assumptions.timestampEdgeAccepted())) {
            throw Refusal.timestampOutOfRange();
        }
        String serialNo = assumptions.serialCaseSensitive()
                ? authorization.serialNo()
                : authorization.serialNo().toUpperCase(Locale.ROOT);
        PublicKey key = merchants
                .key(authorization.scheme(), authorization.mchid(), serialNo)
                .orElseThrow(
                        () -> assumptions.olderGateway() ? Refusal.olderUnknownCredentials() : Refusal.unknownSerial());
        SignedMessage message = SignedMessage.ofRequest(
                request.method(),
                request.target(),
                authorization.timestamp(),
                authorization.nonceStr(),
                request.body());
        try {
            authorization.scheme().verify(key, message, authorization.signature());
        } catch (SignatureVerificationException e) {
            throw Refusal.signatureMismatch(
                    request.method(), request.target(), message, assumptions.newerMismatchText());
        }
        if (assumptions.repeatedNoncesRefused()
                && !nonces.use(
                        authorization.mchid() + ' ' + authorization.nonceStr(),
                        clock.instant(),
                        WINDOW.multipliedBy(2))) {
            throw Refusal.invalidAuthorization();
        }
        return authorization;
    }

    private static AuthorizationHeader parse(GatewayRequest request, Assumptions assumptions) throws Refusal {
        String value = request.header(WechatPayHeaders.AUTHORIZATION);
        if (value != null && assumptions.spacesInAuthorizationAccepted()) {
            value = SPACES.matcher(value).replaceAll("$1");
        }
        try {
            return AuthorizationHeader.parse(value);
        } catch (SignatureVerificationException e) {
            if (assumptions.olderGateway()) {
                throw Refusal.olderWithoutAuthorization();
            }
            throw e.reason() == SignatureVerificationException.Reason.UNKNOWN_SCHEME
                    ? Refusal.unknownScheme()
                    : Refusal.malformedAuthorization();
        }
    }

    /** Either a caller or a refusal. */
    static final class Verdict {
        private final SignatureVerdict name;
        private final Optional<Caller> caller;
        private final SignatureScheme scheme;
        private final Optional<Refusal> refusal;

        private Verdict(
                SignatureVerdict name, Optional<Caller> caller, SignatureScheme scheme, Optional<Refusal> refusal) {
            this.name = name;
            this.caller = caller;
            this.scheme = scheme;
            this.refusal = refusal;
        }

        static Verdict signedBy(Caller caller, SignatureScheme scheme) {
            return new Verdict(SignatureVerdict.VERIFIED, Optional.of(caller), scheme, Optional.empty());
        }

        static Verdict unsigned(Caller caller) {
            return new Verdict(
                    SignatureVerdict.UNSIGNED, Optional.of(caller), SignatureScheme.SHA256_RSA2048, Optional.empty());
        }

        static Verdict refused(Refusal refusal) {
            return new Verdict(
                    SignatureVerdict.REFUSED, Optional.empty(), SignatureScheme.SHA256_RSA2048, Optional.of(refusal));
        }

        /** As the journal has it. */
        SignatureVerdict name() {
            return name;
        }

        /** Whether answers are signed: the signature verified, or none was asked for. */
        boolean passed() {
            return caller.isPresent();
        }

        /** How the answer is to be signed: as the request was. */
        SignatureScheme scheme() {
            return scheme;
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
