package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.kit.Result.Outcome;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports show of every rule where it stands, what was sent and what came back: of those that are kept, too. */
class KitReportsTest {
    @TempDir
    private Path directory;

    @Test
    void showWhatARuleThatIsKeptWasHeldTo() throws Exception {
        KitRun kit = new KitRun(directory);
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            kit.against(
                    mock.baseUrl(),
                    KitRun.credentials(mock.baseUrl()),
                    Profile.wechat,
                    "--only",
                    "signing.unsigned,refusals,refusals.never-500,probes");
        }

        List<Element> rules =
                KitRun.elements(KitRun.parse(directory.resolve("report.html")).getDocumentElement(), "details").stream()
                        .filter(element -> element.getAttribute("class").equals("rule"))
                        .toList();
        List<Element> testCases = kit.testCases();
        assertThat(rules).hasSameSizeAs(testCases).hasSizeGreaterThan(10);
        for (int i = 0; i < rules.size(); i++) {
            String id = testCases.get(i).getAttribute("name");
            String shown = rules.get(i).getTextContent();
            String told = KitRun.elements(testCases.get(i), "system-out").get(0).getTextContent();
            assertThat(shown).as(id).contains(id, "Source: ");
            assertThat(told).as(id).contains("source: ");
            assertThat(testCases.get(i).getAttribute("time")).matches("[0-9]+\\.[0-9]{3}");
            if (!id.startsWith("probes.")) {
                assertThat(shown).as(id).contains(" HTTP/1.1\n", "\nHost: ", "HTTP/1.1 ", "curl -i ");
                assertThat(told).as(id).contains("--- sent\n", "\nHost: ", "--- came back\nHTTP/1.1 ", "curl -i ");
            }
        }
        assertThat(rules.get(0).getTextContent()).contains("HTTP/1.1 401 ", "\"code\":\"SIGN_ERROR\"");
        assertThat(rules.get(rules.size() - 2).getTextContent()).contains("Looked at as well: ");
        assertThat(directory.resolve("report.html")).content().doesNotContain("PRIVATE KEY", " open");
        assertThat(directory.resolve("junit.xml")).content().doesNotContain("PRIVATE KEY");
    }

    @Test
    void tellWhereTheKitItselfFailed() throws Exception {
        Check check = new Check("group.name", "a rule", Sources.BASIC_RULES, Basis.DOCUMENTED, trial -> {});
        List<Result> results = List.of(new Result(
                check, Outcome.BROKEN, List.of(new Result.Finding("the kit failed at this: \u0000", "", List.of()))));
        Subject subject = Subject.client();
        Files.write(directory.resolve("junit.xml"), JunitReport.of(subject, results));

        assertThat(new KitRun(directory).ids("error")).containsExactly("group.name");
        assertThat(new String(JunitReport.of(subject, results), StandardCharsets.UTF_8))
                .contains("errors=\"1\"", "failures=\"0\"", "skipped=\"0\"");
        assertThat(HtmlReport.of(subject, "verdict", Profile.wechat, results))
                .contains("<h2>The kit failed</h2>", "? <code>group.name</code>");
        assertThat(Terminal.summary(results)).endsWith(", 1 at which the kit failed");
        assertThat(Terminal.verdict(results, 0)).isEqualTo("was not held to WeChat Pay API v3");
    }
}
