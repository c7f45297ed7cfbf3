package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.client.generated.EbikeChargeOperations;
import io.github.ebikecharge.client.transport.SignedTransport;
import io.github.ebikecharge.client.transport.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Asks WeChat Pay for the deduction token of one e-bike charging session (创建用户当次充电代扣凭证). Thread-safe; one
 * instance a merchant serves a whole application, and holds no state that is shared with another.
 *
 * <pre>{@code
 * try (var client = EbikeChargeClient.builder()
 *         .merchant(MerchantCredentials.fromPem(apiclientKeyPem, apiclientCertPem))
 *         .platformTrust(PlatformTrust.publicKey(publicKeyId, Pem.readPublicKey(pubKeyPem)))
 *         .build()) {
 *     ConfirmChargeResponse response = client.confirmCharge(contractId, request);
 * }
 * }</pre>
 */
public final class EbikeChargeClient implements AutoCloseable {
    private static final String VERSION = Optional.ofNullable(
                    EbikeChargeClient.class.getPackage().getImplementationVersion())
            .orElse("dev");

    private final Constraints constraints;
    private final SignedTransport transport;
    private final EbikeChargeOperations operations;

    private EbikeChargeClient(Constraints constraints, SignedTransport transport) {
        this.constraints = constraints;
        this.transport = transport;
        this.operations = new EbikeChargeOperations(transport);
    }

    /** Starts with WeChat Pay's main host, ten seconds of patience and the system's clock. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks for the token and waits. WeChat Pay then asks the user to confirm the start of charging.
     *
     * @param contractId number of the user's authorisation for charging (充电授权扣费协议号)
     * @throws RequestValidationException if the request does not keep the contract; nothing was sent
     * @throws ServiceException if WeChat Pay refused
     * @throws ResponseValidationException if the answer is not to be trusted
     * @throws TransportException if there was no answer
     */
    public ConfirmChargeResponse confirmCharge(String contractId, ConfirmChargeRequest request) {
        validate(contractId, request);
        return operations.confirmCharge(contractId, request);
    }

    /**
     * Asks for the token without waiting. The future fails with the exceptions of {@link #confirmCharge}; cancelling
     * it ends the call.
     */
    public CompletableFuture<ConfirmChargeResponse> confirmChargeAsync(
            String contractId, ConfirmChargeRequest request) {
        try {
            validate(contractId, request);
            return operations.confirmChargeAsync(contractId, request);
        } catch (RequestValidationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void validate(String contractId, ConfirmChargeRequest request) {
        if (request == null) {
            throw new RequestValidationException("The request must not be null", null);
        }
        try {
            Target.of("{contract_id}").path("contract_id", contractId);
        } catch (IllegalArgumentException e) {
            throw new RequestValidationException("Not a contract ID: " + e.getMessage(), e);
        }
        constraints.violations(request).ifPresent(violations -> {
            throw new RequestValidationException(violations, null);
        });
    }

    /** Ends idle connections and threads; calls under way are finished. */
    @Override
    public void close() {
        transport.close();
    }

    /** Settings of a client; two are required. */
    public static final class Builder {
        private URI baseUrl = URI.create("https://api.mch.weixin.qq.com");
        private Duration timeout = Duration.ofSeconds(10);
        private Clock clock = Clock.systemUTC();
        private Consumer<Exchange> observer = exchange -> {};
        private @Nullable MerchantCredentials merchant;
        private @Nullable PlatformTrust platformTrust;

        private Builder() {}

        /** Scheme, host and port: WeChat Pay's, or a mock's. */
        public Builder baseUrl(URI baseUrl) {
            this.baseUrl = baseUrl;
            return this;
        }

        /** Required: who calls, and signs. */
        public Builder merchant(MerchantCredentials merchant) {
            this.merchant = merchant;
            return this;
        }

        /** Required: whose answers are believed. */
        public Builder platformTrust(PlatformTrust platformTrust) {
            this.platformTrust = platformTrust;
            return this;
        }

        /** How long each of connecting, writing and reading may take. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** What timestamps are taken from and compared with. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Sees every exchange, secrets included, before its answer is verified: for a developer's eyes. What it throws
         * ends the call.
         */
        public Builder observer(Consumer<Exchange> observer) {
            this.observer = observer;
            return this;
        }

        /**
         * The client.
         *
         * @throws NullPointerException naming the first required setting that is missing
         * @throws IllegalArgumentException if the base URL is more than scheme, host and port, the timeout is not
         *     positive, or the merchant's key is of an unknown type
         */
        public EbikeChargeClient build() {
            MerchantCredentials credentials = requireNonNull(merchant, "merchant is required");
            PlatformTrust trust = requireNonNull(platformTrust, "platformTrust is required");
            String userAgent = "ebike-charge-client/" + VERSION + " Java/"
                    + Runtime.version().feature();
            Constraints constraints = new Constraints();
            SignedTransport transport = new SignedTransport(new SignedTransport.Settings(
                    baseUrl,
                    credentials,
                    trust::find,
                    trust::preferredSerial,
                    constraints::violations,
                    timeout,
                    userAgent,
                    clock,
                    observer));
            return new EbikeChargeClient(constraints, transport);
        }
    }
}
