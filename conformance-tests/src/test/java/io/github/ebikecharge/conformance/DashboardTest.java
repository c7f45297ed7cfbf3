package io.github.ebikecharge.conformance;

import io.github.ebikecharge.client.ServiceException;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.control.ControlOptions;
import io.github.ebikecharge.mock.gateway.Triggers;
import io.github.ebikecharge.mock.model.FaultKind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.ExpectedConditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The mock's page, in a browser. */
@Timeout(120)
class DashboardTest extends DashboardPage {
    @Test
    void showsASignedAndAWronglySignedRequestAsTheyHappen() throws Exception {
        visit("requests");
        browser.shown(".empty");

        confirm(CONTRACT);
        browser.awaitText(".request.verified .verdict", "Signature right");
        confirmWronglySigned();
        browser.awaitText(".request.refused .verdict", "Signature wrong");
        browser.awaitText(".request.refused .why", "The body was signed without white space");
        browser.awaitText(".difference .where", "line 5, character 10");

        browser.click(".request.refused .line");
        browser.awaitText("dialog .explanation", "body_compact");
        browser.screenshot("request");
        browser.driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        browser.await(ExpectedConditions.invisibilityOfElementLocated(By.tagName("dialog")));
        assertThat(browser.driver.switchTo().activeElement().getDomAttribute("data-key"))
                .isEqualTo("request-2");
    }

    @Test
    void aFaultThatIsSwitchedOnChangesTheNextAnswer() {
        visit("behaviour");

        browser.click("[data-key=fault-rule_limit]");
        browser.shown("[data-key=fault-rule_limit][aria-checked=true]");
        assertThatThrownBy(() -> confirm(CONTRACT))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("RULE_LIMIT");
        browser.driver.switchTo().activeElement().sendKeys(Keys.SPACE);
        browser.shown("[data-key=fault-rule_limit][aria-checked=false]");
        assertThat(confirm(CONTRACT)).isNotEmpty();
    }

    @Test
    void aFaultStrikesTheCallsThatWereAskedFor() throws Exception {
        visit("behaviour");

        browser.click("details summary");
        browser.shown("[data-key=ofContract]").sendKeys("other" + Keys.TAB);
        browser.shown("[data-key=share]").sendKeys("40" + Keys.TAB);
        browser.shown("[data-key=seed]").sendKeys("7" + Keys.TAB);
        browser.click("[data-key=fault-slow]");
        browser.shown("[data-key=fault-slow][aria-checked=true]");
        browser.screenshot("fault-for-some-calls");

        assertThat(settings()).contains("\"contract_id\":\"other\"", "\"rate\":0.4", "\"seed\":7");
    }

    @Test
    void usersAnswerWhenThePageSaysAndTellWhomItSays() {
        visit("behaviour");

        browser.shown("[data-key=answerAfter]").sendKeys(Keys.chord(Keys.CONTROL, "a") + "1500" + Keys.TAB);
        browser.awaitText(".toasts", "Set");
        browser.shown("[data-key=webhook]").sendKeys("http://127.0.0.1:9/notices" + Keys.TAB);
        browser.await(ignored -> settings().contains("\"webhook_url\":\"http://127.0.0.1:9/notices\""));

        assertThat(settings()).contains("\"answer_after_ms\":1500");
    }

    @ParameterizedTest
    @CsvSource({"CONFIRMED,Confirmed", "DECLINED,Declined", "IGNORED,Ignored"})
    void theNoticeAppearsOnThePhoneAndIsAnswered(String answer, String shown) throws Exception {
        visit("requests");

        confirm(CONTRACT);
        browser.awaitText(".notice", "充电确认");
        browser.click("[data-key=answer-" + answer + "]");

        browser.awaitText(".notice .badge", shown);
        assertThat(control("GET", "/_mock/notices/1", "")).contains("\"answer\":\"" + answer + "\"");
    }

    @Test
    void speaksChineseAndRemembersIt() {
        visit("requests");
        assertThat(browser.shown("main h2").getText()).isEqualTo("Requests");

        browser.click("[data-key=language]");
        browser.awaitText("main h2", "请求");
        assertThat(browser.driver.switchTo().activeElement().getDomAttribute("data-key"))
                .isEqualTo("language");
        visit("connect");
        browser.driver.navigate().refresh();
        browser.awaitText("main h2", "示例代码");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("zh-CN");
    }

    @Test
    void hasEveryWordInBothLanguagesAndASwitchForEveryFault() {
        visit("behaviour");
        Object missing = browser.driver.executeAsyncScript("""
                const done = arguments[0];
                Promise.all([import('/_mock/dashboard/en.js'), import('/_mock/dashboard/zh.js')]).then(([en, zh]) => {
                  const [a, b] = [Object.keys(en.default), Object.keys(zh.default)];
                  done([...a.filter(key => !b.includes(key)), ...b.filter(key => !a.includes(key))]);
                }, failure => done(String(failure)));
                """);
        assertThat(missing).isEqualTo(List.of());
        browser.shown("[data-key=fault-slow]");
        List<String> switches = browser.driver.findElements(By.cssSelector("[data-key^=fault-].switch")).stream()
                .map(element -> String.valueOf(element.getDomAttribute("data-key")))
                .toList();
        assertThat(switches)
                .containsExactlyInAnyOrderElementsOf(Stream.of(FaultKind.values())
                        .map(kind -> "fault-" + Triggers.code(kind).toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void isDarkWhereTheSystemIsOrWhereAsked() {
        visit("requests");
        String background = "return getComputedStyle(document.body).backgroundColor";
        Object light = browser.script(background);

        browser.prefer("dark");
        Object dark = browser.script(background);
        assertThat(dark).isNotEqualTo(light);
        browser.click("[data-key=theme]");
        assertThat(browser.script(background)).isEqualTo(light);
        browser.prefer("light");
        browser.click("[data-key=theme]");
        assertThat(browser.script(background)).isEqualTo(dark);
    }

    @Test
    void isWalkedThroughByKeyboard() {
        visit("requests");

        for (int i = 0; i < 20 && !"#behaviour".equals(focused("href")); i++) {
            browser.driver.switchTo().activeElement().sendKeys(Keys.TAB);
        }
        assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.driver.switchTo().activeElement().sendKeys(Keys.ENTER);
        browser.awaitText("main h2", "Faults");
        assertThat(focused("data-key")).isEqualTo("tab-behaviour");
    }

    private static String focused(String attribute) {
        return browser.driver.switchTo().activeElement().getDomAttribute(attribute);
    }

    @Test
    void tellsLineAndReasonOfABrokenScenarioFile() throws Exception {
        Path file = Files.writeString(
                directory.resolve("scenarios.yaml"), "scenarios:\n  - name: evening\n    steps: [{answer: slow}]\n");
        wechatPay.close();
        wechatPay = MockWechatPayServer.builder().scenarios(file).start();
        visit("behaviour");
        browser.awaitText(".scenario", "evening");

        Files.writeString(file, "scenarios:\n  - name: evening\n    steps:\n      - times: 0\n");
        browser.awaitText(".alarm", "line 4");
        browser.awaitText(".alarm", "scenarios[0].steps[0].times must be");
        browser.awaitText(".scenario", "evening");
    }

    @Test
    void showsWhatAClientSentAsText() throws Exception {
        visit("requests");

        send(HttpRequest.newBuilder(URI.create(wechatPay.baseUrl() + "/v3/none?q=1"))
                .header("X-Evil", "<img src=x onerror=alert(1)>")
                .POST(BodyPublishers.ofString("<script>alert(1)</script><b id=evil>")));
        browser.click(".request .line");
        browser.awaitText("dialog pre", "<script>alert(1)</script><b id=evil>");
        browser.awaitText("dialog .headers", "<img src=x onerror=alert(1)>");
        assertThat(browser.driver.findElements(By.cssSelector("#evil, dialog img, dialog script")))
                .isEmpty();
    }

    @Test
    void saysWhereABodyIsNoText() throws Exception {
        visit("requests");

        send(HttpRequest.newBuilder(URI.create(wechatPay.baseUrl() + "/v3/none"))
                .POST(BodyPublishers.ofByteArray(new byte[] {'a', (byte) 0xff})));
        browser.click(".request .line");

        browser.awaitText("dialog pre", "a\ufffd");
        browser.awaitText("dialog .sides", "what is copied is Base64 of the bytes");
        browser.screenshot("bytes");
    }

    @Test
    void asksForTheTokenWhereOneIsDemanded() {
        wechatPay.close();
        wechatPay = MockWechatPayServer.builder()
                .control(ControlOptions.BESIDE_THE_GATEWAY.withToken("secret"))
                .start();
        browser.driver.get(wechatPay.baseUrl() + "/_mock/");
        browser.shown("dialog input").sendKeys("other" + Keys.ENTER);
        browser.awaitText("dialog [role=alert]", "another token");
        browser.shown("dialog input").sendKeys("secret" + Keys.ENTER);
        browser.shown(".live .good");
        assertThat(browser.complaints()).isNotEmpty().allMatch(complaint -> complaint.contains("401"));
    }

    @Test
    void leadsABrowserHereFromTheGatewayWhereverTheControlApiIs() {
        wechatPay.close();
        wechatPay = MockWechatPayServer.builder()
                .control(ControlOptions.BESIDE_THE_GATEWAY.onPort(0))
                .start();

        browser.driver.get(wechatPay.baseUrl() + "/");
        browser.shown(".live .good");
        assertThat(browser.driver.getCurrentUrl())
                .isEqualTo(wechatPay.controlUrl().orElseThrow() + "/_mock/");
        browser.click("[data-key=tab-connect]");
        browser.awaitText(".values", wechatPay.baseUrl().toString());
    }

    @ParameterizedTest
    @CsvSource({"en,light,1400,1000", "zh,dark,1400,1000", "zh,light,390,844", "en,dark,390,844"})
    void isPictured(String language, String scheme, int width, int height) throws Exception {
        confirm(CONTRACT);
        confirmWronglySigned();
        browser.prefer(scheme);
        browser.size(width, height);
        visit("requests");
        if (language.equals("zh")) {
            browser.click("[data-key=language]");
        }
        browser.shown(".difference");
        for (String tab : List.of("requests", "world", "behaviour", "connect", "phone")) {
            if (!tab.equals("phone") || width < 1080) {
                browser.click("[data-key=tab-" + tab + "]");
                browser.shown(tab.equals("phone") ? ".notice" : "main h2");
                browser.screenshot(String.join("-", tab, language, scheme, String.valueOf(width)));
                assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s fits into %d pixels", tab, width)
                        .isEqualTo(true);
            }
        }
    }
}
