/**
 * The client of the confirm call: {@link io.github.ebikecharge.client.EbikeChargeClient} is the way in. It signs what
 * leaves, and returns nothing whose signature it has not verified.
 *
 * <h2>A client, from the files that WeChat Pay hands out</h2>
 *
 * <pre>{@code
 * EbikeChargeClient client = EbikeChargeClient.builder()
 *         .merchant(MerchantCredentials.fromPem(
 *                 Files.readString(Path.of("apiclient_key.pem")), Files.readString(Path.of("apiclient_cert.pem"))))
 *         .platformTrust(PlatformTrust.publicKey(
 *                 "PUB_KEY_ID_0112300001092026112400000000000001",
 *                 Pem.readPublicKey(Files.readString(Path.of("pub_key.pem")))))
 *         .build();
 * }</pre>
 *
 * <p>It is thread-safe: one serves a whole application, which closes it at its end. Against a mock, only
 * {@code .baseUrl(URI.create("http://127.0.0.1:8080"))} and the keys are others.
 *
 * <h2>Ask for the token of one charging session</h2>
 *
 * <pre>{@code
 * ConfirmChargeRequest request = ConfirmChargeRequest.builder()
 *         .appid("wx47c677487ce3ac47")
 *         .chargeInfo(ChargeInfo.builder()
 *                 .startTime(OffsetDateTime.parse("2017-08-26T09:43:39+08:00"))
 *                 .chargingStationName("xxx充电站")
 *                 .chargingGunNumber("6555")
 *                 .deviceId("12343232")
 *                 .build())
 *         .build();
 * String token = client.confirmCharge(contractId, request).chargingToken();
 * }</pre>
 *
 * <h2>Without waiting</h2>
 *
 * <pre>{@code
 * CompletableFuture<String> token =
 *         client.confirmChargeAsync(contractId, request).thenApply(ConfirmChargeResponse::chargingToken);
 * }</pre>
 *
 * <p>A caller that waits does so on its own thread, which may be a virtual one. Calls that nobody waits for, and downloads
 * of certificates, have threads of their own; these, and those by which OkHttp minds its connections, are daemons and end
 * when idle. Beyond 64 such calls at a time the others wait for their turn, at most until their deadline.
 *
 * <h2>When it fails</h2>
 *
 * <pre>{@code
 * try {
 *     start(client.confirmCharge(contractId, request).chargingToken());
 * } catch (EbikeChargeException e) {
 *     if (e.outcomeUnknown()) {
 *         askAgainLater(contractId, request); // the same values: WeChat Pay may have acted
 *     } else if (e instanceof ServiceException refusal && refusal.code().equals(Optional.of("RULE_LIMIT"))) {
 *         tellUser(refusal.getMessage());
 *     } else {
 *         throw e;
 *     }
 * }
 * }</pre>
 *
 * <p>What each kind of trouble ends in is listed in {@code client/FAILURES.md}. What was signed, for a 401 that does not say
 * what differed, is {@link io.github.ebikecharge.client.ServiceException#signedMessage()}.
 *
 * <h2>Platform certificates instead of a platform public key, or beside it</h2>
 *
 * <pre>{@code
 * PlatformTrust certificates = PlatformTrust.downloadedCertificates(apiV3Key);
 * PlatformTrust both = PlatformTrust.publicKey(publicKeyId, publicKey).and(certificates);
 * }</pre>
 *
 * <h2>Repeats, a second host, a deadline</h2>
 *
 * <pre>{@code
 * EbikeChargeClient client = EbikeChargeClient.builder()
 *         .baseUrl(host)
 *         .backupBaseUrl(backupHost) // https://api2.mch.weixin.qq.com
 *         .merchant(merchant)
 *         .platformTrust(trust)
 *         .retryPolicy(RetryPolicy.documented().maxAttempts(4))
 *         .deadline(Duration.ofSeconds(20))
 *         .build();
 * }</pre>
 *
 * <h2>A merchant with an SM2 key (国密)</h2>
 *
 * <p>Nothing changes but the merchant's key: its type chooses the algorithms, {@code WECHATPAY2-SM2-WITH-SM3} for
 * signatures and {@code AEAD_SM4_GCM} for certificates.
 *
 * <h2>Metrics, tracing, and a look at what goes over the wire</h2>
 *
 * <pre>{@code
 * EbikeChargeClient client = EbikeChargeClient.builder()
 *         .baseUrl(host)
 *         .merchant(merchant)
 *         .platformTrust(trust)
 *         .listener(new ObservationListener(observationRegistry))
 *         .listener(ClientListener.ofExchanges(exchange -> screen.println(exchange.responseBody())))
 *         .build();
 * }</pre>
 *
 * <p>Calls are logged with SLF4J, at debug level each attempt, at info level each repeat: no token, key or signature at any
 * level.
 */
@NullMarked
package io.github.ebikecharge.client;

import org.jspecify.annotations.NullMarked;
