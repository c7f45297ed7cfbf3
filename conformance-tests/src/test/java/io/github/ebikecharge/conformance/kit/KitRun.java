package io.github.ebikecharge.conformance.kit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The kit as its users run it, and what it prints and reports. */
final class KitRun {
    final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param directory where credentials and reports are written */
    KitRun(Path directory) {
        this.directory = directory;
    }

    static byte[] credentials(URI mock) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(mock.resolve("/_mock/credentials")).build(), BodyHandlers.ofByteArray())
                .body();
    }

    int against(URI target, byte[] credentials, Profile profile, String... more) throws IOException {
        Path file = Files.write(directory.resolve("credentials.json"), credentials);
        List<String> arguments = new ArrayList<>(List.of(
                "--target", target.toString(),
                "--credentials", file.toString(),
                "--profile", profile.name(),
                "--report", directory.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** The kit as a program of its own, with one stream for all that it prints. */
    static Process start(List<String> javaOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** The checks whose line on the terminal begins so. */
    List<String> ids(Result.Outcome outcome) {
        return out().lines()
                .filter(line -> line.startsWith(outcome.sign + " "))
                .map(line -> line.substring(2, line.indexOf(':')))
                .toList();
    }

    /** Every test case of the JUnit report. */
    List<Element> testCases() throws Exception {
        return elements(parse(directory.resolve("junit.xml")).getDocumentElement(), "testcase");
    }

    /** The checks whose test case has such an element. */
    List<String> ids(String element) throws Exception {
        return testCases().stream()
                .filter(testCase -> !elements(testCase, element).isEmpty())
                .map(testCase -> testCase.getAttribute("name"))
                .toList();
    }

    static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
                .<Node>map(nodes::item)
                .map(Element.class::cast)
                .toList();
    }

    static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
