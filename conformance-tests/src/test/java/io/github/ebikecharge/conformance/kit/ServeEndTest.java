package io.github.ebikecharge.conformance.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The hostile gateway ends with a word, a status and a free port, also where its report cannot be written. */
class ServeEndTest {
    private static final String LISTENS = "hostile gateway listens at ";

    private Path taken;

    @BeforeEach
    void takeTheNameOfTheReport(@TempDir Path directory) throws IOException {
        taken = Files.writeString(directory.resolve("report"), "a file, and no directory");
    }

    @Test
    void saysThatTheReportCannotBeWrittenAndClosesItsPort() throws Exception {
        PipedWriter printed = new PipedWriter();
        BufferedReader terminal = new BufferedReader(new PipedReader(printed, 1 << 16));
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> Main.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(err))
                .execute("--serve", "--port", "0", "--report", taken.toString()));
        URI gateway = url(terminal);

        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.resolve("/cases/end"))
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--report " + taken + " has to be a directory that can be written")
                .doesNotContain("\tat ");
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), gateway.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void saysSoAfterCtrlCAsWell() throws Exception {
        Process kit = KitRun.start(List.of(), "--serve", "--port", "0", "--report", taken.toString());
        try (BufferedReader terminal = kit.inputReader()) {
            URI gateway = url(terminal);

            kit.toHandle().destroy(); // Process.destroy() would close the terminal, too

            assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(terminal.lines().collect(joining("\n")))
                    .contains("--report " + taken + " has to be a directory that can be written")
                    .doesNotContain("\tat ");
            assertThat(kit.exitValue()).isEqualTo(2);
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), gateway.getPort()).close())
                    .isInstanceOf(ConnectException.class);
        } finally {
            kit.destroyForcibly();
        }
    }

    private static URI url(BufferedReader terminal) throws IOException {
        return URI.create(RequestChecksTest.line(terminal, LISTENS).replace(LISTENS, ""));
    }
}
