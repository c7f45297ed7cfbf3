package io.github.ebikecharge.client;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.wire.MerchantCredentials;
import io.github.ebikecharge.api.wire.SignatureScheme;
import io.github.ebikecharge.client.generated.EbikeChargeOperations;
import io.github.ebikecharge.client.transport.SignedHttp;
import io.github.ebikecharge.client.transport.SignedTransport;
import io.github.ebikecharge.client.transport.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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
    private final SignedHttp http;
    private final EbikeChargeOperations operations;

    private EbikeChargeClient(Constraints constraints, SignedHttp http, SignedTransport transport) {
        this.constraints = constraints;
        this.http = http;
        this.operations = new EbikeChargeOperations(transport);
    }

    /** Starts with WeChat Pay's main host, {@link RetryPolicy#cautious()}, and the time-outs of the methods below. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks for the token and waits, on the caller's thread. WeChat Pay then asks the user to confirm the start of
     * charging. An interrupt ends the wait between two attempts; an attempt under way ends at its time-outs.
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

    /** Sends no more attempts, and ends idle connections; attempts under way are finished. */
    @Override
    public void close() {
        http.close();
    }

    /** Settings of a client; two are required. */
    public static final class Builder {
        private URI baseUrl = URI.create("https://api.mch.weixin.qq.com");
        private final List<URI> backupBaseUrls = new ArrayList<>();
        private Duration timeout = Duration.ofSeconds(10);
        private Duration deadline = Duration.ofSeconds(30);
        private RetryPolicy retryPolicy = RetryPolicy.cautious();
        private Clock clock = Clock.systemUTC();
        private final List<ClientListener> listeners = new ArrayList<>();
        private @Nullable MerchantCredentials merchant;
        private @Nullable PlatformTrust platformTrust;

        private Builder() {}

        /** Scheme, host and port: WeChat Pay's, or a mock's. */
        public Builder baseUrl(URI baseUrl) {
            this.baseUrl = baseUrl;
            return this;
        }

        /**
         * A host to turn to when the other one failed an attempt that may be repeated, as
         * {@code https://api2.mch.weixin.qq.com} (备域名).
         */
        public Builder backupBaseUrl(URI baseUrl) {
            backupBaseUrls.add(baseUrl);
            return this;
        }

        /** Required: who calls, and signs; with an RSA key or an SM2 key (国密). */
        public Builder merchant(MerchantCredentials merchant) {
            this.merchant = merchant;
            return this;
        }

        /** Required: whose answers are believed. */
        public Builder platformTrust(PlatformTrust platformTrust) {
            this.platformTrust = platformTrust;
            return this;
        }

        /** How long each of connecting, writing and reading may take: 10 s if not set. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** How long a call may take with all its attempts: 30 s if not set. */
        public Builder deadline(Duration deadline) {
            this.deadline = deadline;
            return this;
        }

        /** Which attempts are repeated: {@link RetryPolicy#cautious()} if not set. */
        public Builder retryPolicy(RetryPolicy retryPolicy) {
            this.retryPolicy = retryPolicy;
            return this;
        }

        /** What timestamps are taken from and compared with. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Hears of every call, beside the listeners that are there. */
        public Builder listener(ClientListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * The client.
         *
         * @throws NullPointerException naming the first required setting that is missing
         * @throws IllegalArgumentException if a base URL is more than scheme, host and port, a time is not positive, or
         *     the merchant's key is of an unknown type
         */
        public EbikeChargeClient build() {
            MerchantCredentials credentials = requireNonNull(merchant, "merchant is required");
            PlatformTrust trust = requireNonNull(platformTrust, "platformTrust is required");
            if (deadline.isNegative() || deadline.isZero()) {
                throw new IllegalArgumentException("deadline must be positive; this one is " + deadline);
            }
            Constraints constraints = new Constraints();
            ClientListener listener = new Listeners(listeners);
            SignedHttp http = new SignedHttp(new SignedHttp.Settings(
                    Stream.concat(Stream.of(baseUrl), backupBaseUrls.stream()).toList(),
                    credentials,
                    timeout,
                    "ebike-charge-client/" + VERSION + " Java/"
                            + Runtime.version().feature(),
                    clock));
            TrustedKeys keys = new TrustedKeys(
                    trust,
                    SignatureScheme.ofKey(credentials.privateKey()) == SignatureScheme.SM2_WITH_SM3 ? "SM2" : "RSA",
                    trusted -> new SignedTransport(
                            http, trusted, settings(RetryPolicy.documented(), constraints, listener)),
                    listener,
                    clock);
            return new EbikeChargeClient(
                    constraints, http, new SignedTransport(http, keys, settings(retryPolicy, constraints, listener)));
        }

        private SignedTransport.Settings settings(
                RetryPolicy policy, Constraints constraints, ClientListener listener) {
            return new SignedTransport.Settings(constraints::violations, policy, deadline, clock, listener);
        }
    }
}
