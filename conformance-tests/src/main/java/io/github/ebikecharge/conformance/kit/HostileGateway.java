package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.api.wire.CertificateEnvelope;
import io.github.ebikecharge.api.wire.WechatPayHeaders;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.conformance.kit.ClientCase.Expectation;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

/**
 * Answers each confirm, rightly or wrongly, in the way that its contract stands for. It listens on the loopback address, and
 * hands out platform certificates; {@link CaseDesk} is where the client's owner asks and tells.
 */
final class HostileGateway implements AutoCloseable {
    /** Where the redirected case leads. */
    static final String REDIRECTED = "/redirected";

    private static final Pattern CONFIRM = Pattern.compile("/v3/ebike/charge/contracts/([^/?]+)/confirm");
    private static final int PATIENCE_MS = 10_000;
    private static final String REQUEST_ID = "08F5B8C2B506102C18FDDFEEA30620BE821E28EDC405-0";

    private final GatewayKeys keys = new GatewayKeys();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Clock clock;
    private final Profile profile;
    private final ClientUnderTest client;
    private final CaseDesk desk;
    private final Acceptor acceptor;

    /**
     * @param port where to listen; 0 for any that is free
     * @param bothKinds whether the client holds platform certificates and the public key
     * @throws IOException if the port is taken
     * @throws IllegalArgumentException if it is no port
     */
    HostileGateway(int port, boolean bothKinds, Profile profile, Predicate<Check> chosen, Clock clock)
            throws IOException {
        this.clock = clock;
        this.profile = profile;
        List<ClientCase> cases = ClientCases.all(bothKinds).stream()
                .filter(each -> chosen.test(each.check()) && profile.looksAt(each.basis()))
                .toList();
        client = new ClientUnderTest(keys, cases);
        desk = new CaseDesk(client, profile);
        acceptor = new Acceptor(port, "hostile-gateway", this::serve);
        acceptor.start();
    }

    URI url() {
        return acceptor.url();
    }

    GatewayKeys keys() {
        return keys;
    }

    ClientUnderTest client() {
        return client;
    }

    List<Result> results() {
        return client.results(profile);
    }

    /** Waits until every case is told, or somebody ends it. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    void end() {
        ended.countDown();
    }

    static boolean isConfirm(Request request) {
        return request.method().equals("POST")
                && CONFIRM.matcher(request.target()).matches();
    }

    /** One request a connection: the end of a connection is part of some answers. */
    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(PATIENCE_MS);
            HttpReader in = new HttpReader(connection.getInputStream());
            String[] start = in.line().split(" ", 3);
            List<Header> headers = in.headers();
            if (start.length < 3) {
                write(connection, CaseDesk.json("400 Bad Request", Map.of("message", "this is not HTTP/1.1")));
                return;
            }
            Request request = new Request(start[0], start[1], headers, in.bodyOfRequest(headers), false);
            String path = request.target().replaceFirst("\\?.*", "");
            if (path.equals("/credentials") && request.method().equals("GET")) {
                write(connection, CaseDesk.json("200 OK", keys.toJson(url().toString())));
            } else if (path.startsWith("/v3/") || path.equals(REDIRECTED)) {
                answer(connection, request, path);
            } else {
                atTheDesk(connection, desk.answer(request.method(), path, request.body()));
            }
        } catch (IOException e) {
            // the client went away: what it made of that is told at the desk
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after the answer, not before: the program may be gone by then. */
    private void atTheDesk(Socket connection, Answer answer) throws IOException {
        try {
            write(connection, answer);
        } finally {
            if (desk.isOver()) {
                end();
            }
        }
    }

    private static void write(Socket connection, Answer answer) throws IOException {
        connection.getOutputStream().write(AnswerDraft.toBytes(answer));
    }

    private void answer(Socket connection, Request request, String path) throws IOException, InterruptedException {
        Optional<ClientCase> asked = asked(request);
        AnswerDraft draft = new AnswerDraft(
                keys, clock, request.header(WechatPayHeaders.SERIAL).orElse(""), REQUEST_ID);
        if (path.equals("/v3/certificates")) {
            draft.body(new String(WireJson.write(certificates()), UTF_8));
        } else if (asked.isPresent()) {
            boolean repeat = client.calls(asked.get()) > 0;
            if (!repeat || asked.get().expectation() != Expectation.REJECT_FIRST) {
                asked.get().change().accept(draft);
            }
        } else if (!path.equals(REDIRECTED)) {
            draft.status("404 Not Found")
                    .body("{\"code\":\"NOT_FOUND\",\"message\":\"GET /cases names the contracts\"}");
        }
        Answer answer = draft.answer();
        if (draft.isReset()) {
            client.keep(
                    asked.orElse(null),
                    new Exchange(request, null, "the connection was reset, as meant", clock.instant()));
            connection.setSoLinger(true, 0);
            return;
        }
        client.keep(asked.orElse(null), new Exchange(request, answer, null, clock.instant()));
        byte[] bytes = AnswerDraft.toBytes(answer);
        int first = draft.pause().isZero() ? bytes.length : bytes.length - answer.body().length / 2;
        connection.getOutputStream().write(bytes, 0, first);
        if (first < bytes.length && !closed.await(draft.pause().toMillis(), TimeUnit.MILLISECONDS)) {
            connection.getOutputStream().write(bytes, first, bytes.length - first);
        }
    }

    private Optional<ClientCase> asked(Request request) {
        Matcher confirm = CONFIRM.matcher(request.target());
        return request.method().equals("POST") && confirm.matches() ? desk.find(confirm.group(1)) : Optional.empty();
    }

    private Map<String, Object> certificates() {
        X509Certificate certificate = keys.platformCertificate();
        return Map.of(
                "data",
                List.of(Map.of(
                        "serial_no",
                        keys.platformSerial(),
                        "effective_time",
                        time(certificate.getNotBefore()),
                        "expire_time",
                        time(certificate.getNotAfter()),
                        "encrypt_certificate",
                        new CertificateEnvelope(GatewayKeys.API_V3_KEY).seal(certificate))));
    }

    private static String time(Date date) {
        return date.toInstant().atOffset(UTC).toString();
    }

    @Override
    public void close() throws IOException {
        end();
        closed.countDown();
        acceptor.close();
    }
}
