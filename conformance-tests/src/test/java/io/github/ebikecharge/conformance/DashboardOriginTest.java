package io.github.ebikecharge.conformance;

import com.sun.net.httpserver.HttpServer;
import io.github.ebikecharge.mock.MockWechatPayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Web pages from elsewhere, in the same browser, do not get to the control API; the mock's own page does. */
@Timeout(120)
class DashboardOriginTest extends DashboardPage {
    /** What a page can try by itself; each attempt ends in what the page got to see. */
    private static final String ATTEMPTS = """
            const [mock, done] = arguments;
            const see = attempt => attempt.then(
                answer => answer.type === 'opaque' ? 'nothing' : answer.text().then(text => `${answer.status} ${text}`), () => 'nothing');
            const stream = () => new Promise(end => {
              const events = new EventSource(mock + '/_mock/events?after=0');
              events.onopen = () => { events.close(); end('opened'); };
              events.onerror = () => { events.close(); end('nothing'); };
            });
            (async () => done({
              reset: await see(fetch(mock + '/_mock/reset', {method: 'POST'})),
              blind: await see(fetch(mock + '/_mock/reset', {method: 'POST', mode: 'no-cors', body: '{}'})),
              forget: await see(fetch(mock + '/_mock/requests', {method: 'DELETE'})),
              journal: await see(fetch(mock + '/_mock/requests')),
              credentials: await see(fetch(mock + '/_mock/credentials', {mode: 'no-cors'})),
              stream: await stream(),
            }))();
            """;

    private static HttpServer pageFromElsewhere() throws IOException {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>elsewhere</title><link rel=icon href=data:,>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        elsewhere.start();
        return elsewhere;
    }

    private static Map<?, ?> attempts(String mock) {
        return (Map<?, ?>) browser.driver.executeAsyncScript(ATTEMPTS, mock);
    }

    private void assertUntouched() throws Exception {
        assertThat(control("GET", "/_mock/requests", "")).contains("\"id\":\"1\"");
    }

    /** The browser says, too, that it was refused; it looks for an icon beside a page that is none. */
    private static void assertComplaintsAreRefusals() {
        assertThat(browser.complaints())
                .isNotEmpty()
                .allMatch(complaint -> complaint.contains("403")
                        || complaint.contains("CORS")
                        || complaint.contains("ERR_FAILED")
                        || complaint.contains("favicon.ico"));
    }

    @Test
    void aPageOnAnotherPortGetsNowhere() throws Exception {
        confirm(CONTRACT);
        HttpServer elsewhere = pageFromElsewhere();
        try {
            for (String name : new String[] {"127.0.0.1", "localhost", "elsewhere.test"}) {
                browser.driver.get(
                        "http://%s:%d/".formatted(name, elsewhere.getAddress().getPort()));
                Map<?, ?> seen = attempts(wechatPay.baseUrl().toString());

                assertThat(seen.values()).as(name).allMatch("nothing"::equals);
                assertUntouched();
            }
            assertComplaintsAreRefusals();
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void aFormOnAnotherPageGetsNowhere() throws Exception {
        confirm(CONTRACT);
        HttpServer elsewhere = pageFromElsewhere();
        try {
            browser.driver.get(
                    "http://127.0.0.1:%d/".formatted(elsewhere.getAddress().getPort()));
            browser.script("""
                    const form = document.createElement('form');
                    Object.assign(form, {method: 'post', enctype: 'text/plain', action: arguments[0] + '/_mock/reset'});
                    document.body.append(form);
                    form.submit();
                    """, wechatPay.baseUrl().toString());

            browser.awaitText("body", "answers no web pages but the mock's own");
            assertUntouched();
            assertComplaintsAreRefusals();
        } finally {
            elsewhere.stop(0);
        }
    }

    /** DNS rebinding: the page comes from a host whose name leads to the mock by the time that the page asks. */
    @Test
    void aPageWhoseNameIsMadeToLeadHereGetsNowhere() throws Exception {
        HttpServer elsewhere = pageFromElsewhere();
        int port = elsewhere.getAddress().getPort();
        try {
            browser.driver.get("http://elsewhere.test:%d/".formatted(port));
        } finally {
            elsewhere.stop(0);
        }
        wechatPay.close();
        wechatPay = MockWechatPayServer.builder().port(port).start();
        confirm(CONTRACT);

        Map<?, ?> seen = attempts("http://elsewhere.test:" + port);

        assertThat(seen.get("journal").toString())
                .startsWith("403 ")
                .contains("does not answer to the name")
                .doesNotContain("charge");
        assertThat(seen.get("reset").toString()).startsWith("403 ");
        assertThat(seen.get("forget").toString()).startsWith("403 ");
        assertThat(seen.get("credentials").toString()).startsWith("403 ");
        assertThat(seen.get("stream")).isEqualTo("nothing");
        assertUntouched();
        browser.driver.get("http://elsewhere.test:" + port + "/_mock/");
        browser.awaitText("body", "does not answer to the name");
        assertComplaintsAreRefusals();
    }

    @Test
    void theOwnPageWorksByAddressAndByName() {
        int port = wechatPay.baseUrl().getPort();
        for (String name : new String[] {"127.0.0.1", "localhost"}) {
            browser.driver.get("http://%s:%d/".formatted(name, port));
            browser.shown(".live .good");
            browser.click("[data-key=send-right]");
            browser.shown(".request.verified");
            browser.click("[data-key=reset]");
            browser.awaitText(".toasts", "Everything is as it was");
            browser.shown(".requests .empty");
        }
    }

    @Test
    void aLinkFromElsewhereLeadsToThePage() throws Exception {
        HttpServer elsewhere = pageFromElsewhere();
        try {
            browser.driver.get(
                    "http://elsewhere.test:%d/".formatted(elsewhere.getAddress().getPort()));
            browser.script(
                    "const link = document.createElement('a'); link.id = 'link'; link.textContent = 'mock';"
                            + " link.href = arguments[0] + '/_mock/'; document.body.append(link);",
                    wechatPay.baseUrl().toString());
            browser.driver.findElement(By.id("link")).click();
            browser.shown(".live .good");
        } finally {
            elsewhere.stop(0);
        }
    }
}
