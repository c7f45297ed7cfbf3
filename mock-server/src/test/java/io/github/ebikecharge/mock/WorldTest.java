package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.ChargingSettings;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import io.github.ebikecharge.mock.model.NoticeDelivery;
import io.github.ebikecharge.mock.model.NoticeSettings;
import io.github.ebikecharge.mock.model.TokenState;
import io.github.ebikecharge.mock.model.UserNotice;
import io.github.ebikecharge.mock.world.World;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the service behind the gateway makes of confirm calls: contracts, tokens, notices. */
@Timeout(30)
class WorldTest {
    private FixedMock mock;
    private World world;

    @BeforeEach
    void start() {
        mock = new FixedMock();
        world = mock.server().world();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    private void configure(UnaryOperator<MockConfiguration.Builder> change) {
        mock.server().configure(change.apply(MockConfiguration.builder()).build());
    }

    private void notices(UnaryOperator<NoticeSettings.Builder> change) {
        configure(configuration ->
                configuration.notices(change.apply(NoticeSettings.builder()).build()));
    }

    /** The token, or the code of the refusal. */
    private String confirm(SignedRequest request) throws Exception {
        RawHttp.Answer answer = mock.send(request);
        mock.assertSigned(answer);
        return answer.text().replaceFirst("\\{\"(?:charging_token|code)\":\"([^\"]*)\".*", "$1");
    }

    private String confirm() throws Exception {
        return confirm(SignedRequest.confirm());
    }

    private UserNotice notice() {
        return world.outbox().notices().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "demoContractPaused,  400 INVALID_REQUEST",
        "demoContractDeleted, 400 INVALID_REQUEST",
        "nobodyKnowsThis,     404 NOT_FOUND"
    })
    void refusesContractsThatAreNotOpen(String contractId, String refusal) throws Exception {
        RawHttp.Answer answer =
                mock.send(SignedRequest.confirm().target("/v3/ebike/charge/contracts/" + contractId + "/confirm"));

        assertThat(answer.status() + " " + answer.text()).matches(refusal.replace(" ", " \\{\"code\":\"") + "\".*");
        assertThat(world.tokens()).isEmpty();
        assertThat(world.outbox().notices()).isEmpty();
    }

    @Test
    void keepsABoundContractToItsAppidAndItsSubMerchant() throws Exception {
        SignedRequest bound = SignedRequest.confirm().target("/v3/ebike/charge/contracts/demoContractBound/confirm");
        assertThat(confirm(bound)).hasSize(20);

        assertThat(confirm(bound.edit("wx47c677487ce3ac47", "wx47c677487ce3ac48")))
                .isEqualTo("APPID_MCHID_NOT_MATCH");
        assertThat(confirm(bound.edit("1900000109", "1900000108"))).isEqualTo("PARAM_ERROR");
    }

    @Test
    void doesNotShowAMerchantTheContractsOfOthers() throws Exception {
        world.putContract(new Contract(World.DEMO_CONTRACT_ID, "1230000110", ContractState.PAUSE, null, null));

        assertThat(confirm()).isEqualTo("NOT_FOUND");
    }

    @Test
    void takesUnlistedContractsForOpenedWhereAsked() throws Exception {
        SignedRequest unlisted = SignedRequest.confirm().target("/v3/ebike/charge/contracts/unlisted/confirm");
        configure(configuration -> configuration.charging(
                ChargingSettings.builder().unlistedContractsOpened(true).build()));

        assertThat(confirm(unlisted)).hasSize(20);
        assertThat(confirm(SignedRequest.confirm().target("/v3/ebike/charge/contracts/demoContractPaused/confirm")))
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void remembersWhatATokenWasIssuedFor() throws Exception {
        ChargingToken token = world.token(confirm()).orElseThrow();

        assertThat(token.contractId()).isEqualTo(World.DEMO_CONTRACT_ID);
        assertThat(token.mchid()).isEqualTo("1230000109");
        assertThat(token.subMchid()).isEqualTo("1900000109");
        assertThat(token.appid()).isEqualTo("wx47c677487ce3ac47");
        assertThat(token.chargeInfo().deviceId()).isEqualTo("12343232");
        assertThat(token.issuedAt().toEpochSecond()).isEqualTo(FixedMock.NOW);
        assertThat(token.expiresAt()).isEqualTo(token.issuedAt().plusHours(2));
        assertThat(token.state()).isEqualTo(TokenState.VALID);
        assertThat(token.toString()).doesNotContain(token.chargingToken());
    }

    @Test
    void answersTheSameTokenToARepeatAndSendsNoSecondNotice() throws Exception {
        String token = confirm();

        assertThat(confirm()).isEqualTo(token);
        assertThat(confirm(SignedRequest.confirm().edit("{\"sub_mchid\"", "{ \"sub_mchid\"")))
                .isEqualTo(token);
        assertThat(world.tokens()).hasSize(1);
        assertThat(world.outbox().notices()).hasSize(1);

        assertThat(confirm(SignedRequest.confirm().edit("6555", "6556"))).isNotEqualTo(token);
        assertThat(world.outbox().notices()).hasSize(2);
    }

    @Test
    void answersAnotherTokenToARepeatWhereAsked() throws Exception {
        configure(configuration -> configuration.assumptions(
                Assumptions.builder().repeatReturnsSameToken(false).build()));

        assertThat(confirm()).isNotEqualTo(confirm());
        assertThat(world.outbox().notices()).hasSize(2);
    }

    @Test
    void answersAnotherTokenOnceTheFirstIsUsed() throws Exception {
        String token = confirm();

        assertThat(world.useToken(token).state()).isEqualTo(TokenState.USED);

        assertThat(confirm()).isNotEqualTo(token);
        assertThat(world.outbox().notices()).hasSize(2);
        assertThatThrownBy(() -> world.useToken(token))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was used");
    }

    @Test
    void answersAnotherTokenOnceTheFirstHasExpired() throws Exception {
        configure(configuration -> configuration.charging(
                ChargingSettings.builder().tokenValidSeconds(60).build()));
        String token = confirm();
        mock.server().clock().advance(Duration.ofSeconds(59));
        assertThat(confirm()).isEqualTo(token);

        mock.server().clock().advance(Duration.ofSeconds(1));

        assertThat(world.token(token).orElseThrow().state()).isEqualTo(TokenState.EXPIRED);
        assertThatThrownBy(() -> world.useToken(token)).hasMessageContaining("expired");
        assertThat(confirm()).isNotEqualTo(token);
    }

    @Test
    void issuesTheSameTokensAfterAReset() throws Exception {
        String token = confirm();

        world.reset();

        assertThat(world.tokens()).isEmpty();
        assertThat(confirm()).isEqualTo(token);
        assertThat(notice().id()).isEqualTo("2");
    }

    @Test
    void showsTheUserWhatIsCharged() throws Exception {
        confirm();

        assertThat(notice().title()).isEqualTo("充电确认");
        assertThat(notice().text())
                .isEqualTo("充电站：xxx充电站\n充电枪：6555\n充电位设备号：12343232\n开始时间：2017-08-26 09:43:39\n"
                        + "请确认本次充电。充电结束后，费用将通过微信支付自动扣除。");
        assertThat(notice().delivery()).isEqualTo(NoticeDelivery.DELIVERED);
        assertThat(notice().answer()).isEqualTo(NoticeAnswer.WAITING);
        assertThat(notice().callback()).isNull();
    }

    @Test
    void isAnsweredOnce() throws Exception {
        confirm();

        assertThat(world.outbox().answer("1", NoticeAnswer.DECLINED)).isEqualTo(notice());
        assertThat(notice().answer()).isEqualTo(NoticeAnswer.DECLINED);
        assertThatThrownBy(() -> world.outbox().answer("1", NoticeAnswer.CONFIRMED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DECLINED");
    }

    @Test
    void isAnsweredAtOnceByRule() throws Exception {
        notices(settings -> settings.answer(NoticeAnswer.IGNORED));
        confirm();

        assertThat(notice().answer()).isEqualTo(NoticeAnswer.IGNORED);
    }

    @Test
    void isAnsweredAfterATimeByTheMocksClock() throws Exception {
        notices(settings -> settings.answer(NoticeAnswer.CONFIRMED).answerAfterMs(2_000));
        try (EventReader events = new EventReader(mock.baseUrl(), null)) {
            confirm();
            mock.server().clock().advance(Duration.ofMillis(1_999));
            events.until("clock_changed");
            assertThat(notice().answer()).isEqualTo(NoticeAnswer.WAITING);

            mock.server().clock().advance(Duration.ofMillis(1));
            events.until("notice_answered");

            assertThat(notice().answer()).isEqualTo(NoticeAnswer.CONFIRMED);
            assertThat(notice().answeredAt()).isEqualTo(notice().sentAt().plusSeconds(2));
        }
    }

    @Test
    void keepsTheAnswerThatSomebodyGaveBeforeTheRule() throws Exception {
        notices(settings -> settings.answer(NoticeAnswer.CONFIRMED).answerAfterMs(2_000));
        confirm(SignedRequest.confirm());
        confirm(SignedRequest.confirm().edit("6555", "6556"));
        world.outbox().answer("1", NoticeAnswer.DECLINED);
        try (EventReader events = new EventReader(mock.baseUrl(), null)) {
            mock.server().clock().advance(Duration.ofSeconds(2));

            assertThat(events.until("notice_answered"))
                    .last()
                    .satisfies(told ->
                            assertThat(told.data().at("/notice/id").textValue()).isEqualTo("2"));
            assertThat(world.outbox().notice("1").orElseThrow().answer()).isEqualTo(NoticeAnswer.DECLINED);
        }
    }

    @Test
    void staysSentWhereNothingIsDelivered() throws Exception {
        notices(settings -> settings.delivered(false).answer(NoticeAnswer.CONFIRMED));
        confirm();

        assertThat(notice().delivery()).isEqualTo(NoticeDelivery.SENT);
        assertThat(notice().answer()).isEqualTo(NoticeAnswer.WAITING);

        world.outbox().answer("1", NoticeAnswer.CONFIRMED);

        assertThat(notice().delivery()).isEqualTo(NoticeDelivery.DELIVERED);
    }

    @Test
    void forgetsTheOldestTokenWhenThereAreTooMany() throws Exception {
        configure(configuration -> configuration.assumptions(
                Assumptions.builder().repeatReturnsSameToken(false).build()));
        String first = confirm();
        ConfirmChargeRequest request = ConfirmChargeRequest.example();
        for (int i = 0; i < 10_000; i++) {
            world.confirm("1230000109", "other", request);
        }

        assertThat(world.tokens()).hasSize(10_000);
        assertThat(world.token(first)).isEmpty();
        assertThat(world.outbox().notices()).hasSize(10_000);
    }
}
