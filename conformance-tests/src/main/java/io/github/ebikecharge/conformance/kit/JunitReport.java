package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results as build servers read them: a test case a check, a group a class. */
final class JunitReport {
    private JunitReport() {}

    static byte[] of(Subject subject, List<Result> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "ebike-charge-conformance-tests");
            xml.writeAttribute("tests", Integer.toString(results.size()));
            xml.writeAttribute("failures", Long.toString(Terminal.count(results, Outcome.DEVIATION)));
            xml.writeAttribute("errors", Long.toString(Terminal.count(results, Outcome.BROKEN)));
            xml.writeAttribute("skipped", Long.toString(Terminal.count(results, Outcome.NOT_APPLICABLE)));
            xml.writeAttribute(
                    "time", seconds(results.stream().map(Result::time).reduce(Duration.ZERO, Duration::plus)));
            for (Result result : results) {
                testCase(xml, subject, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void testCase(XMLStreamWriter xml, Subject subject, Result result) throws XMLStreamException {
        String findings = result.findings().stream().map(Finding::deviation).collect(Collectors.joining("\n"));
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "conformance." + result.check().group());
        xml.writeAttribute("name", result.check().id());
        xml.writeAttribute("time", seconds(result.time()));
        switch (result.outcome()) {
            case KEPT, WARNING -> {}
            case DEVIATION -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", printable(result.check().rule()));
                xml.writeCharacters(
                        printable(findings + "\nsource: " + result.check().source()));
                xml.writeEndElement();
            }
            case NOT_APPLICABLE -> {
                xml.writeStartElement("skipped");
                xml.writeAttribute("message", printable("not looked at: " + findings));
                xml.writeEndElement();
            }
            case BROKEN -> {
                xml.writeStartElement("error");
                xml.writeAttribute("message", printable(findings));
                xml.writeEndElement();
            }
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(printable((result.outcome() == Outcome.WARNING ? "warning: " + findings + '\n' : "")
                + evidence(subject, result)));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return "%d.%03d".formatted(time.toSeconds(), time.toMillisPart());
    }

    /** Where the rule stands, and what was looked at. */
    private static String evidence(Subject subject, Result result) {
        URI target = subject.target();
        StringBuilder text = new StringBuilder("rule: " + result.check().rule())
                .append("\nsource: ")
                .append(result.check().source());
        for (Exchange exchange : result.shown()) {
            Answer answer = exchange.answer();
            text.append("\n\n--- sent\n")
                    .append(exchange.request().text())
                    .append("\n--- came back\n")
                    .append(answer == null ? "(nothing: " + exchange.failure() + ")" : answer.whole());
            if (target != null) {
                text.append("\n--- again\n").append(Curl.of(target, exchange.request()));
            }
        }
        return text.append('\n').append(result.more()).toString();
    }

    /** Without what XML has no way to write. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
