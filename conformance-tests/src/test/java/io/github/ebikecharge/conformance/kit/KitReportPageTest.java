package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.conformance.Browser;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever opens a report sees what deviates first, without a click and without scrolling, on a screen of any width. */
class KitReportPageTest {
    private static final String FIRST_DEVIATION = "const first = document.querySelector('article');"
            + "const shown = [...first.querySelectorAll('h3, .deviation, a[href], mark')];"
            + "return shown.map(e => Math.round(e.getBoundingClientRect().bottom) + ' ' + e.textContent);";

    @TempDir
    private static Path profile;

    private static Browser browser;

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        browser = new Browser(profile);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    /** The texts of the first deviation, all of them on the first screen. */
    private String firstScreen(String picture, int width, int height) throws Exception {
        browser.size(width, height);
        browser.open(directory.resolve("report.html").toUri());
        browser.screenshot(picture);
        List<?> texts = (List<?>) browser.script(FIRST_DEVIATION);
        assertThat(texts)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(text -> assertThat(Integer.parseInt(text.toString().split(" ", 2)[0]))
                        .as("%s ends on the first screen", text)
                        .isBetween(1, height));
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands beyond the right edge")
                .isEqualTo(true);
        return String.join("\n", texts.stream().map(Object::toString).toList());
    }

    @Test
    void ofAServerShowsWhatDeviatesFirst() throws Exception {
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            mock.configure(mock.configuration().toBuilder()
                    .assumptions(mock.configuration().assumptions().toBuilder()
                            .errorsSigned(false)
                            .build())
                    .build());
            URI url = mock.baseUrl();
            assertThat(new KitRun(directory).against(url, KitRun.credentials(url), Profile.wechat))
                    .isEqualTo(1);
        }

        assertThat(firstScreen("kit-report", 1280, 800)).contains("signed", "https://");
        assertThat(firstScreen("kit-report-narrow", 390, 844)).contains("signed");
    }

    @Test
    void isWrittenOrTheStatusSaysSo() throws Exception {
        Files.createDirectories(directory.resolve("report.html"));
        try (MockWechatPayServer mock = MockWechatPayServer.start()) {
            URI url = mock.baseUrl();
            KitRun kit = new KitRun(directory);

            assertThat(kit.against(url, KitRun.credentials(url), Profile.wechat, "--only", "signing.unsigned"))
                    .isEqualTo(2);
            assertThat(kit.err()).contains("has to be a directory that can be written");
        }
    }
}
