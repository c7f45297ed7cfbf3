package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.PageScripts;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The printed line makes curl send the same request once more. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CurlTest {
    @TempDir
    private Path directory;

    static Stream<Request> requests() {
        return Stream.of(
                request("POST", "/v3/empty", "", "Content-Type: application/json", "Content-Length: 0"),
                request("POST", "/v3/untyped", "", "User-Agent: kit", "Content-Length: 0"),
                request("POST", "/v3/body", "{\"a\":\"it's 充电\"}\n", "Content-Type: text/plain", "Content-Length: 20"),
                request("PUT", "/v3/body", "{}", "Accept: */*", "Content-Length: 2"),
                request("GET", "/v3/a/../b?c=[1-2]&d={x,y}", "", "Accept: application/json", "Authorization: a=\"b\""),
                request("DELETE", "/v3/certificates", "", "Wechatpay-Serial: "));
    }

    private static Request request(String method, String target, String body, String... headers) {
        List<Header> lines = new ArrayList<>();
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            lines.add(new Header(parts[0], parts[1]));
        }
        return new Request(method, target, lines, body.getBytes(UTF_8), false);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void sendsTheSameRequest(Request request) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Request> came = CompletableFuture.supplyAsync(() -> receive(socket));
            String line = Curl.of(URI.create("http://127.0.0.1:" + socket.getLocalPort()), request);

            PageScripts.Run run = PageScripts.run("curl", line, directory);

            assertThat(run.status()).as(line + run.err()).isZero();
            Request received = came.get(10, TimeUnit.SECONDS);
            assertThat(received.method()).isEqualTo(request.method());
            assertThat(received.target()).isEqualTo(request.target());
            assertThat(received.body()).isEqualTo(request.body());
            assertThat(received.headers())
                    .filteredOn(header -> !header.name().equals("Host"))
                    .containsExactlyInAnyOrderElementsOf(request.headers());
        }
    }

    private static Request receive(ServerSocket socket) {
        try (Socket connection = socket.accept()) {
            HttpReader in = new HttpReader(connection.getInputStream());
            String[] start = in.line().split(" ", 3);
            List<Header> headers = in.headers();
            Request request = new Request(start[0], start[1], headers, in.bodyOfRequest(headers), false);
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
            return request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
