package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ebikecharge.api.model.CertificateList;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.model.ErrorResponse;
import io.github.ebikecharge.api.model.PlatformCertificate;
import io.github.ebikecharge.api.wire.AuthorizationHeader;
import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.api.wire.SignatureVerificationException;
import io.github.ebikecharge.api.wire.SignedMessage;
import io.github.ebikecharge.api.wire.Signer;
import io.github.ebikecharge.api.wire.WireJson;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

/**
 * A gateway as a team might write one for its own tests: it has one merchant, and one platform public key or platform
 * certificates that sign in turn; it keeps what is documented, and may have one flaw.
 */
final class TeamStub implements AutoCloseable {
    static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0000000000000024101100397200000006";

    enum Flaw {
        NONE,
        VERIFIES_NOTHING,
        SIGNS_ERRORS_WRONGLY,
        RESERIALISES,
        /** The list of certificates lacks one that signs. */
        LISTS_ALL_BUT_ONE,
        /** Its first success is wrongly signed on purpose, and so is the answer to the repeat. */
        PROBES_THE_REPEAT
    }

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    @SuppressWarnings("ArrayRecordComponent") // written at once, never compared
    private record Reply(int status, byte[] body) {
        static Reply refusal(int status, String code) {
            return new Reply(
                    status,
                    WireJson.write(ErrorResponse.builder()
                            .code(code)
                            .message("refused")
                            .build()));
        }
    }

    private final Acceptor acceptor = new Acceptor(0, "team-stub", this::serve);
    private final Flaw flaw;
    private final X509Certificate merchant;
    private final List<Signer> signers;
    private final byte[] certificates;
    private final AtomicInteger signed = new AtomicInteger();
    private final AtomicInteger successes = new AtomicInteger();

    TeamStub(Flaw flaw, X509Certificate merchant, PrivateKey platformKey) throws IOException {
        this(flaw, merchant, List.of(new Signer(PUBLIC_KEY_ID, platformKey, Clock.systemUTC())), new byte[0]);
    }

    private TeamStub(Flaw flaw, X509Certificate merchant, List<Signer> signers, byte[] certificates)
            throws IOException {
        this.flaw = flaw;
        this.merchant = merchant;
        this.signers = signers;
        this.certificates = certificates;
        acceptor.start();
    }

    /** One that has platform certificates, and no public key. */
    static TeamStub withCertificates(
            Flaw flaw, X509Certificate merchant, List<SelfSigned> certificates, String apiV3Key) throws IOException {
        CertificateEnvelope envelope = new CertificateEnvelope(apiV3Key);
        List<PlatformCertificate> listed = certificates.stream()
                .map(SelfSigned::certificate)
                .map(certificate -> PlatformCertificate.builder()
                        .serialNo(Certificates.serialNo(certificate))
                        .effectiveTime(certificate.getNotBefore().toInstant().atOffset(UTC))
                        .expireTime(certificate.getNotAfter().toInstant().atOffset(UTC))
                        .encryptCertificate(envelope.seal(certificate))
                        .build())
                .skip(flaw == Flaw.LISTS_ALL_BUT_ONE ? 1 : 0)
                .toList();
        return new TeamStub(
                flaw,
                merchant,
                certificates.stream()
                        .map(each ->
                                new Signer(Certificates.serialNo(each.certificate()), each.key(), Clock.systemUTC()))
                        .toList(),
                WireJson.write(CertificateList.builder().data(listed).build()));
    }

    URI url() {
        return acceptor.url();
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] request = line.split(" ", 3);
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    int colon = header.indexOf(':');
                    headers.put(
                            header.substring(0, colon),
                            header.substring(colon + 1).strip());
                }
                byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
                boolean verified = flaw == Flaw.VERIFIES_NOTHING || verifies(request[0], request[1], headers, body);
                connection.getOutputStream().write(answer(request[0], request[1], headers, body, verified));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] answer(String method, String target, Map<String, String> headers, byte[] body, boolean verified) {
        Reply reply = verified ? reply(method, target, body) : Reply.refusal(401, "SIGN_ERROR");
        byte[] signed = flaw == Flaw.SIGNS_ERRORS_WRONGLY && reply.status() >= 400 ? new byte[0] : reply.body();
        byte[] sent = flaw == Flaw.RESERIALISES ? reserialised(reply.body()) : reply.body();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Whatever\r\n")
                .append("Content-Type: application/json\r\nContent-Length: ")
                .append(sent.length)
                .append("\r\nContent-Language: ")
                .append(headers.getOrDefault("Accept-Language", "zh-CN"))
                .append("\r\n");
        if (verified) {
            boolean probe = flaw == Flaw.PROBES_THE_REPEAT && reply.status() == 200 && successes.getAndIncrement() < 2;
            signers.get(this.signed.getAndIncrement() % signers.size())
                    .signResponse(signed)
                    .toHeaders()
                    .forEach((name, value) -> head.append(name)
                            .append(probe && name.equals("Wechatpay-Signature") ? ": WECHATPAY/SIGNTEST/" : ": ")
                            .append(value)
                            .append("\r\n"));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
        bytes.writeBytes(sent);
        return bytes.toByteArray();
    }

    private Reply reply(String method, String target, byte[] body) {
        if (method.equals("POST") && target.endsWith("/confirm")) {
            return confirm(body);
        }
        return method.equals("GET") && target.startsWith("/v3/certificates") && certificates.length > 0
                ? new Reply(200, certificates)
                : Reply.refusal(404, "RESOURCE_NOT_EXISTS");
    }

    private boolean verifies(String method, String target, Map<String, String> headers, byte[] body) {
        try {
            AuthorizationHeader header = AuthorizationHeader.parse(headers.get("Authorization"));
            SignedMessage message =
                    SignedMessage.ofRequest(method, target, header.timestamp(), header.nonceStr(), body);
            header.scheme().verify(merchant.getPublicKey(), message, header.signature());
            long age = Math.abs(Clock.systemUTC().instant().getEpochSecond() - header.timestamp());
            return age <= 300
                    && header.mchid().equals(Certificates.commonName(merchant))
                    && header.serialNo().equals(Certificates.serialNo(merchant));
        } catch (SignatureVerificationException e) {
            return false;
        }
    }

    private static Reply confirm(byte[] body) {
        try {
            ConfirmChargeRequest request = WireJson.read(body, ConfirmChargeRequest.class);
            return VALIDATOR.validate(request).isEmpty()
                    ? new Reply(
                            200,
                            WireJson.write(ConfirmChargeResponse.builder()
                                    .chargingToken("sdjf23kdsHJfdksj8dj")
                                    .build()))
                    : Reply.refusal(400, "PARAM_ERROR");
        } catch (JacksonException e) {
            return Reply.refusal(400, "PARAM_ERROR");
        }
    }

    private static byte[] reserialised(byte[] json) {
        try {
            return WireJson.read(json, JsonNode.class).toPrettyString().getBytes(UTF_8);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
    }
}
