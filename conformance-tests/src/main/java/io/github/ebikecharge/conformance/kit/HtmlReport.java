package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Result.Finding;
import io.github.ebikecharge.conformance.kit.Result.Outcome;
import java.net.URI;
import java.util.List;

/** The results as one page that needs nothing else: what deviates first, with what was sent and what came back. */
final class HtmlReport {
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:66rem;padding:0 1rem;color:#1c1c1c;
            overflow-wrap:anywhere}
            h1{font-size:1.5rem;margin-bottom:0} h2{font-size:1.2rem;margin-top:2.5rem}
            article{border-left:6px solid #b3261e;background:#fafafa;padding:.75rem 1rem;margin:1rem 0}
            article.warning{border-color:#9a6700}
            h3{margin:0;font-size:1.05rem} h3 code{font-weight:400;color:#555;margin-left:.5rem}
            p{margin:.3rem 0} .deviation{font-weight:600;color:#b3261e} .warning .deviation{color:#7a5200}
            pre{background:#fff;border:1px solid #ddd;padding:.6rem;margin:.2rem 0 .6rem;overflow-x:auto;
            white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;line-height:1.4}
            mark{background:#ffd7d4;outline:1px solid #b3261e}
            .label{font-size:.8rem;color:#555;margin-top:.5rem}
            .rule{border-top:1px solid #ddd;padding:.25rem 0} .rule>summary{color:inherit} .rule code{margin-right:.5rem}
            summary{cursor:pointer;color:#555}
            """;

    private final StringBuilder html = new StringBuilder();
    private final Subject subject;

    private HtmlReport(Subject subject) {
        this.subject = subject;
    }

    /** @param verdict what comes of it, in one sentence */
    static String of(Subject subject, String verdict, Profile profile, List<Result> results) {
        HtmlReport report = new HtmlReport(subject);
        report.page(verdict, profile, results);
        return report.html.toString();
    }

    private void page(String verdict, Profile profile, List<Result> results) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
                .append("<meta name=\"viewport\" content=\"width=device-width\"/>")
                .append("<title>Conformance of ")
                .append(escaped(subject.name()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head>\n<body>\n<h1>")
                .append(escaped(verdict))
                .append("</h1>\n");
        element("p", "", "Profile " + profile + ". " + Terminal.summary(results) + ".");
        section("Deviations", Outcome.DEVIATION, results);
        section("Warnings", Outcome.WARNING, results);
        section("The kit failed", Outcome.BROKEN, results);
        element("h2", "", "Every rule");
        results.forEach(this::rule);
        element("p", "label", "This page holds signatures and tokens of the merchant that was used.");
        html.append("</body></html>\n");
    }

    /** One line, behind which stands how it is known. */
    private void rule(Result result) {
        html.append("<details class=\"rule\"><summary>")
                .append(result.outcome().sign)
                .append(' ');
        element("code", "", result.check().id());
        html.append(escaped(result.check().rule()))
                .append(result.outcome() == Outcome.NOT_APPLICABLE ? escaped(why(result)) : "")
                .append("</summary>\n");
        evidence(result);
        html.append("</details>\n");
    }

    private static String why(Result result) {
        return " (not looked at: " + result.findings().get(0).deviation() + ")";
    }

    private void evidence(Result result) {
        source(result.check().source());
        Finding first = result.findings().isEmpty() ? null : result.findings().get(0);
        for (Exchange exchange : result.shown()) {
            exchange(exchange, first != null && first.exchanges().contains(exchange) ? first.mark() : "");
        }
        if (!result.more().isEmpty()) {
            element("p", "label", result.more());
        }
        element("p", "label", subject.again().apply(result.check()));
    }

    private void section(String title, Outcome outcome, List<Result> results) {
        if (Terminal.count(results, outcome) == 0) {
            return;
        }
        element("h2", "", title);
        for (Result result : results) {
            if (result.outcome() == outcome) {
                article(result);
            }
        }
    }

    private void article(Result result) {
        html.append("<article class=\"")
                .append(result.outcome() == Outcome.WARNING ? "warning" : "")
                .append("\">\n<h3>")
                .append(escaped(result.check().rule()))
                .append("<code>")
                .append(escaped(result.check().id()))
                .append("</code></h3>\n");
        result.findings().forEach(finding -> element("p", "deviation", finding.deviation()));
        evidence(result);
        html.append("</article>\n");
    }

    private void source(String source) {
        html.append("<p class=\"label\">Source: ");
        if (source.startsWith("https://")) {
            html.append("<a href=\"")
                    .append(escaped(source))
                    .append("\">")
                    .append(escaped(source))
                    .append("</a>");
        } else {
            html.append(escaped(source));
        }
        html.append("</p>\n");
    }

    private void exchange(Exchange exchange, String mark) {
        Answer answer = exchange.answer();
        URI target = subject.target();
        element("p", "label", target == null ? "It was answered" : "Came back");
        if (answer == null) {
            element("pre", "", "(nothing: " + exchange.failure() + ")");
        } else {
            html.append("<pre>").append(marked(answer.whole(), mark)).append("</pre>\n");
        }
        html.append("<details><summary>What was sent")
                .append(target == null ? "" : ", and how to send it again")
                .append("</summary>\n");
        element("pre", "", exchange.request().text());
        if (target != null) {
            element("p", "label", "Its signature is good for five minutes:");
            element("pre", "", Curl.of(target, exchange.request()));
        }
        html.append("</details>\n");
    }

    /** The text escaped, with the first line that begins so, or else the last place that holds it, marked. */
    private static String marked(String text, String mark) {
        int line = text.startsWith(mark) ? 0 : text.indexOf('\n' + mark + ": ") + 1;
        int at = line > 0 || text.startsWith(mark) ? line : text.lastIndexOf(mark);
        if (mark.isEmpty() || at < 0) {
            return escaped(text);
        }
        int end = line > 0 ? text.indexOf('\n', at) : at + mark.length();
        return escaped(text.substring(0, at)) + "<mark>" + escaped(text.substring(at, end)) + "</mark>"
                + escaped(text.substring(end));
    }

    private void element(String name, String type, String text) {
        html.append('<').append(name);
        if (!type.isEmpty()) {
            html.append(" class=\"").append(type).append('"');
        }
        html.append('>').append(escaped(text)).append("</").append(name).append(">\n");
    }

    /** Also free of control characters, which a page may not hold. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]", "\uFFFD");
    }
}
