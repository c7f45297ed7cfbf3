package io.github.ebikecharge.conformance;

import io.github.ebikecharge.mock.MockWechatPayServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

import static org.assertj.core.api.Assertions.assertThat;

/** The mock's page shows what is the case: after another start, when others change things, while somebody types. */
@Timeout(120)
class DashboardFreshnessTest extends DashboardPage {
    private void startAnew() {
        int port = wechatPay.baseUrl().getPort();
        wechatPay.close();
        browser.await(ignored -> browser.complaints().stream().anyMatch(complaint -> complaint.contains("ERR_")));
        wechatPay = MockWechatPayServer.builder().port(port).start();
    }

    /** What a browser says of the server that it did not find is let pass. */
    private void assertNothingElseIsWrong() {
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("ERR_"));
    }

    @Test
    void explainsTheRequestsOfThisStartOfTheMock() throws Exception {
        visit("requests");
        confirmWronglySigned();
        browser.awaitText(".request.refused .why", "The body was signed without white space");

        startAnew();
        control("GET", "/v3/certificates", "");
        browser.awaitText("#request-1 .line", "/v3/certificates");
        browser.awaitText("#request-1 .why", "There is no Authorization header");
        browser.click("#request-1 .line");
        browser.awaitText("dialog .explanation", "authorization_missing");

        browser.driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        assertNothingElseIsWrong();
    }

    @Test
    void tellsAnEventSourceOfAnotherStart() {
        visit("connect");
        browser.script("""
                window.told = [];
                window.source = new EventSource('/_mock/events');
                source.addEventListener('open', () => told.push('open'));
                source.addEventListener('contract_removed', event => told.push(JSON.parse(event.data).contract.contract_id));
                source.addEventListener('events_lost', () => told.push('events_lost'));
                """);
        awaitTold("open");
        wechatPay.world().removeContract("demoContractPaused");
        awaitTold("open,demoContractPaused");

        startAnew();
        wechatPay.world().removeContract("demoContractPaused");
        wechatPay.world().removeContract("demoContractDeleted");
        awaitTold("open,demoContractPaused,open,events_lost");
        wechatPay.world().removeContract("demoContractBound");
        awaitTold("open,demoContractPaused,open,events_lost,demoContractBound");

        browser.script("source.close()");
        assertNothingElseIsWrong();
    }

    private static void awaitTold(String events) {
        browser.await(ignored -> events.equals(browser.script("return told.join()")));
    }

    /** Holds back what the page asks for, or the answer, until {@code go()} is called. */
    private static void hold(String condition, String sends) {
        browser.script("""
                const send = window.fetch;
                window.fetch = async (path, options) => {
                  if (!(%s)) return send(path, options);
                  window.fetch = send;
                  %s
                };
                """.formatted(condition, sends));
    }

    private static void awaitHold() {
        browser.await(ignored -> browser.script("return window.go !== undefined"));
    }

    @Test
    void keepsWhatSomebodyElseChanged() throws Exception {
        visit("behaviour");
        browser.shown("[data-key=unsigned][aria-checked=false]");
        hold(
                "path.includes('configuration') && options.method !== 'GET'",
                "await new Promise(go => { window.go = go; }); return send(path, options);");

        browser.click("[data-key=unsigned]");
        awaitHold();
        change("{\"notices\":{\"answer\":\"DECLINED\"}}");
        browser.script("go()");

        browser.shown("[data-key=unsigned][aria-checked=true]");
        assertThat(settings()).contains("\"answer\":\"DECLINED\"", "\"unsigned\":\"allow\"");
    }

    @Test
    void removesNoFaultButTheOneThatIsSwitchedOff() throws Exception {
        visit("behaviour");
        browser.click("[data-key=fault-slow]");
        browser.shown("[data-key=fault-slow][aria-checked=true]");
        hold("options.method !== 'GET'", "await new Promise(go => { window.go = go; }); return send(path, options);");

        browser.click("[data-key=fault-slow]");
        awaitHold();
        control("POST", "/_mock/faults", "{\"kind\":\"rule_limit\",\"count\":3}");
        browser.script("go()");

        browser.shown("[data-key=fault-slow][aria-checked=false]");
        browser.awaitText("[data-key=fault-rule_limit]", "3");
        assertThat(settings()).contains("\"kind\":\"rule_limit\"").doesNotContain("\"kind\":\"slow\"");
    }

    @Test
    void keepsWhatHappensWhileItReadsEverything() throws Exception {
        visit("world");
        browser.shown("[data-key=state-demoContractPaused]");
        hold(
                "path.endsWith('/contracts')",
                "const answer = await send(path, options); await new Promise(go => { window.go = go; }); return answer;");

        control("POST", "/_mock/reset", "");
        awaitHold();
        control("PUT", "/_mock/contracts/demoContractPaused", "{\"state\":\"DELETED\"}");
        confirm(CONTRACT);
        browser.script("go()");

        browser.awaitText(".notice", "充电确认");
        assertThat(browser.shown("[data-key=state-demoContractPaused]").getDomProperty("value"))
                .isEqualTo("DELETED");
    }

    @Test
    void leavesAFieldToWhoeverTypesThere() throws Exception {
        visit("behaviour");
        WebElement field = browser.shown("[data-key=answerAfter]");
        field.sendKeys(Keys.chord(Keys.CONTROL, "a") + "15");
        change("{\"notices\":{\"delivered\":false,\"webhook_url\":\"http://127.0.0.1:9/a\"}}");
        browser.shown("[data-key=delivered][aria-checked=false]");
        assertThat(browser.shown("[data-key=webhook]").getDomProperty("value")).isEqualTo("http://127.0.0.1:9/a");
        browser.screenshot("settings");
        field.sendKeys("00" + Keys.TAB);
        browser.await(ignored -> settings().contains("\"answer_after_ms\":1500"));

        field.click();
        change("{\"notices\":{\"delivered\":true,\"answer_after_ms\":7}}");
        browser.shown("[data-key=delivered][aria-checked=true]");
        assertThat(field.getDomProperty("value")).isEqualTo("1500");
        field.sendKeys(Keys.TAB);
        browser.await(ExpectedConditions.domPropertyToBe(field, "value", "7"));
        assertThat(settings()).contains("\"answer_after_ms\":7");
    }

    @Test
    void keepsInSightWhichCallsAFaultIsFor() {
        visit("behaviour");
        browser.click("details summary");
        browser.shown("[data-key=ofContract]").sendKeys("other" + Keys.TAB);
        browser.shown("[data-key=share]").sendKeys("7" + Keys.TAB);

        browser.click("[data-key=tab-world]");
        browser.click("[data-key=tab-behaviour]");
        browser.click("details summary");

        assertThat(browser.shown("[data-key=ofContract]").getDomProperty("value"))
                .isEqualTo("other");
        assertThat(browser.shown("[data-key=share]").getDomProperty("value")).isEqualTo("7");
    }

    @Test
    void saysThatTheScenarioFileIsBrokenUntilItIsMended() throws Exception {
        String right = "scenarios:\n  - name: evening\n    steps: [{delay_ms: 1}]\n";
        Path file = Files.writeString(directory.resolve("scenarios.yaml"), right);
        wechatPay.close();
        wechatPay = MockWechatPayServer.builder().scenarios(file).start();
        visit("behaviour");
        browser.awaitText(".scenario", "evening");

        Files.writeString(file, right.replace("delay_ms", "delay"));
        browser.awaitText(".alarm", "line 3");
        confirm(CONTRACT);
        browser.awaitText(".scenario small", "1");
        browser.awaitText(".alarm", "line 3");
        browser.driver.navigate().refresh();
        browser.awaitText(".alarm", "line 3");
        browser.click("[data-key=tab-requests]");
        browser.awaitText("[data-key=tab-behaviour]", "The scenario file is broken");
        browser.screenshot("broken-scenario-file");

        Files.writeString(file, right);
        browser.await(ExpectedConditions.not(ExpectedConditions.textToBePresentInElementLocated(
                By.cssSelector("[data-key=tab-behaviour]"), "broken")));
        browser.click("[data-key=tab-behaviour]");
        browser.awaitText(".scenario", "evening");
        assertThat(browser.driver.findElements(By.className("alarm"))).isEmpty();
    }

    private void change(String patch) throws Exception {
        control("PATCH", "/_mock/configuration", patch);
    }
}
