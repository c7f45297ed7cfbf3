package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results as build servers read them: a test case a check, a group a class. */
final class JunitReport {
    private JunitReport() {}

    static byte[] of(List<Result> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "ebike-charge-conformance-tests");
            xml.writeAttribute("tests", Integer.toString(results.size()));
            xml.writeAttribute("failures", Long.toString(Terminal.count(results, Outcome.DEVIATION)));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", Long.toString(Terminal.count(results, Outcome.NOT_APPLICABLE)));
            for (Result result : results) {
                testCase(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void testCase(XMLStreamWriter xml, Result result) throws XMLStreamException {
        String findings = result.findings().stream().map(Finding::deviation).collect(Collectors.joining("\n"));
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "conformance." + result.check().group());
        xml.writeAttribute("name", result.check().id());
        switch (result.outcome()) {
            case KEPT -> {}
            case DEVIATION -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", printable(result.check().rule()));
                xml.writeCharacters(
                        printable(findings + "\nsource: " + result.check().source()));
                xml.writeEndElement();
            }
            case WARNING -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(printable("warning: " + findings));
                xml.writeEndElement();
            }
            case NOT_APPLICABLE -> {
                xml.writeStartElement("skipped");
                xml.writeAttribute("message", printable(findings));
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    /** Without what XML has no way to write. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
