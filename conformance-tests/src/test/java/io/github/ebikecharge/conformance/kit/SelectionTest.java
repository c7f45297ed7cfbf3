package io.github.ebikecharge.conformance.kit;

import io.github.ebikecharge.mock.MockWechatPayServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code --only}: what is named is run, what stands for nothing is refused, and nobody takes a part for the whole. */
class SelectionTest {
    private static final MockWechatPayServer WECHAT_PAY = MockWechatPayServer.start();

    @TempDir
    private Path directory;

    private KitRun kit;

    @BeforeEach
    void begin() {
        kit = new KitRun(directory);
    }

    @AfterAll
    static void stop() {
        WECHAT_PAY.close();
    }

    private int only(Profile profile, String names) throws Exception {
        return kit.against(WECHAT_PAY.baseUrl(), KitRun.credentials(WECHAT_PAY.baseUrl()), profile, "--only", names);
    }

    @Test
    void refusesEachUnknownNameAndNamesTheNearest() throws Exception {
        assertThat(only(Profile.wechat, "signing.unsigned,signing.lastline-feed,refusal"))
                .isEqualTo(2);

        assertThat(kit.err())
                .contains("--only signing.lastline-feed: ", "the nearest are signing.last-line-feed,")
                .contains("--only refusal: ", "the nearest are refusals,")
                .doesNotContain("--only signing.unsigned", "\tat ");
        assertThat(kit.out()).isEmpty();
    }

    @Test
    void refusesWhatTheProfileDoesNotLookAt() throws Exception {
        assertThat(only(Profile.lenient, "signing.unsigned,signing.spaces")).isEqualTo(2);

        assertThat(kit.err()).contains("--only signing.spaces: profile lenient does not look at what is assumed");
    }

    @Test
    void refusesAnUnknownCase() {
        assertThat(kit.execute("--serve", "--port", "0", "--only", "right.plain,signature.prob"))
                .isEqualTo(2);

        assertThat(kit.err()).contains("--only signature.prob: ", "the nearest are signature.probe,");
    }

    @Test
    void saysHowManyOfAllRulesWereLookedAt() throws Exception {
        assertThat(only(Profile.wechat, "signing.unsigned, probes")).isZero();

        long all = Rules.all().size();
        String verdict =
                WECHAT_PAY.baseUrl() + " keeps 1 of the " + all + " rules of WeChat Pay API v3, and breaks none";
        assertThat(kit.out()).contains(verdict);
        assertThat(Files.readString(directory.resolve("report.html"))).contains("<h1>" + verdict + "</h1>");
    }
}
