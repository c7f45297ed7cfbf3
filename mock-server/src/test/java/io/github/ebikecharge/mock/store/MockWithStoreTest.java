package io.github.ebikecharge.mock.store;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import io.github.ebikecharge.mock.model.NoticeSettings;
import io.github.ebikecharge.mock.store.Stores.Kind;
import io.github.ebikecharge.mock.world.World;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A mock is the same whatever its store is, and goes on where the last one with the store ended. */
@Timeout(60)
class MockWithStoreTest {
    @TempDir
    private Path directory;

    private final Caller caller = new Caller();

    @SuppressWarnings("NullAway.Init")
    private Stores stores;

    @SuppressWarnings("NullAway.Init")
    private MockWechatPayServer mock;

    @BeforeEach
    void prepare() {
        stores = new Stores(directory);
    }

    @AfterEach
    void stop() {
        mock.close();
        stores.close();
    }

    /** Starts a mock; one that was started before is closed first. */
    private URI start(Kind kind) throws Exception {
        if (mock != null) {
            mock.close();
        }
        mock = stores.mock(kind).start();
        return mock.baseUrl();
    }

    @ParameterizedTest
    @EnumSource
    void issuesTokensAndSendsNotices(Kind kind) throws Exception {
        URI url = start(kind);

        String first = caller.confirm(url, "1");

        assertThat(first).hasSize(20).isNotEqualTo(caller.confirm(url, "2")).isEqualTo(caller.confirm(url, "1"));
        assertThat(mock.world().tokens()).hasSize(2);
        assertThat(mock.world().outbox().notices()).extracting("id").containsExactly("2", "1");
        assertThat(mock.world().useToken(first).usedAt()).isNotNull();
        assertThatThrownBy(() -> mock.world().useToken(first)).hasMessageContaining("The token was used at");
    }

    @ParameterizedTest
    @EnumSource
    void refusesARepeatedNonceUntilItIsReset(Kind kind) throws Exception {
        URI url = start(kind);
        mock.configure(MockConfiguration.builder()
                .assumptions(Assumptions.builder().repeatedNoncesRefused(true).build())
                .build());
        Caller.Call call = Caller.confirm("1");

        assertThat(caller.send(url, call).statusCode()).isEqualTo(200);
        assertThat(caller.send(url, call).statusCode()).isEqualTo(401);

        mock.reset();
        mock.configure(MockConfiguration.builder()
                .assumptions(Assumptions.builder().repeatedNoncesRefused(true).build())
                .build());
        assertThat(caller.send(url, call).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void letsAFaultStrikeAsOftenAsItSays(Kind kind) throws Exception {
        URI url = start(kind);
        mock.inject(Fault.builder().kind(FaultKind.RULE_LIMIT).count(2).build());

        assertThat(caller.confirm(url, "1")).isEqualTo("RULE_LIMIT");
        assertThat(mock.configuration().faults()).extracting(Fault::count).containsExactly(1);
        assertThat(caller.confirm(url, "1")).isEqualTo("RULE_LIMIT");
        assertThat(mock.configuration().faults()).isEmpty();
        assertThat(caller.confirm(url, "1")).hasSize(20);
        assertThat(caller.look(url, "requests").path("received").asLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void takesBackEveryChangeWhenItIsReset(Kind kind) throws Exception {
        start(kind);
        var contracts = mock.world().contracts();
        mock.world().setContractState(World.DEMO_CONTRACT_ID, ContractState.PAUSE);
        mock.world().setContractState("another", ContractState.OPENED);
        mock.world().removeContract("demoContractBound");
        mock.inject(Fault.builder().kind(FaultKind.SLOW).build());

        mock.reset();

        assertThat(mock.world().contracts()).isEqualTo(contracts);
        assertThat(mock.configuration()).isEqualTo(MockConfiguration.builder().build());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void goesOnWhereTheLastMockEnded(Kind kind) throws Exception {
        URI url = start(kind);
        MockConfiguration everyCallANewToken = MockConfiguration.builder()
                .assumptions(Assumptions.builder().repeatReturnsSameToken(false).build())
                .build();
        mock.configure(everyCallANewToken);
        mock.world().setContractState("another", ContractState.PAUSE);
        caller.confirm(url, "1");
        mock.world().useToken(caller.confirm(url, "1"));
        var contracts = mock.world().contracts();
        var tokens = mock.world().tokens();
        var notices = mock.world().outbox().notices();

        url = start(kind);
        mock.configure(everyCallANewToken);

        assertThat(mock.world().contracts()).isEqualTo(contracts);
        assertThat(mock.world().tokens()).isEqualTo(tokens);
        assertThat(mock.world().outbox().notices()).isEqualTo(notices);
        assertThat(caller.confirm(url, "1"))
                .isNotIn(tokens.stream().map(token -> token.chargingToken()).toList());
        assertThat(mock.world().outbox().notices()).extracting("id").containsExactly("3", "2", "1");
    }

    @Test
    void answersANoticeThatWasDueWhenTheMockWasNotThere() throws Exception {
        URI url = start(Kind.FILE);
        caller.confirm(url, "1");
        mock.close();
        mock = stores.mock(Kind.FILE)
                .configuration(MockConfiguration.builder()
                        .notices(NoticeSettings.builder()
                                .answer(NoticeAnswer.DECLINED)
                                .build())
                        .build())
                .start();

        while (mock.world().outbox().notices().get(0).answer() == NoticeAnswer.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(mock.world().outbox().notices().get(0).answer()).isEqualTo(NoticeAnswer.DECLINED);
    }

    @Test
    void givesTheDirectoryBackWhenItCannotStart() throws Exception {
        URI taken = start(Kind.MEMORY);
        var builder = stores.mock(Kind.FILE).port(taken.getPort());

        assertThatThrownBy(builder::start).isInstanceOf(JavalinBindException.class);

        start(Kind.FILE);
    }
}
