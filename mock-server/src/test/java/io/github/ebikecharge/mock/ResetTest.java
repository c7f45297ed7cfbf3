package io.github.ebikecharge.mock;

import io.github.ebikecharge.api.wire.Certificates;
import io.github.ebikecharge.mock.model.Assumptions;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.PlatformKeySettings;
import io.github.ebikecharge.mock.model.Rotation;
import io.github.ebikecharge.mock.model.RotationStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reset leaves behind: nothing. */
class ResetTest {
    private final FixedMock mock = new FixedMock();

    @AfterEach
    void stop() {
        mock.close();
    }

    @Test
    void forgetsWhichNoncesWereUsed() throws Exception {
        MockConfiguration settings = MockConfiguration.builder()
                .assumptions(Assumptions.builder().repeatedNoncesRefused(true).build())
                .build();
        mock.server().configure(settings);
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(401);

        mock.server().reset();
        mock.server().configure(settings);

        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
    }

    @Test
    void beginsARotationWithTheSameAnswer() throws Exception {
        List<Boolean> first = newKeySigns();
        assertThat(first).containsExactly(false, false, true);

        assertThat(newKeySigns()).isEqualTo(first);
    }

    /** Of three answers, after a reset, of which every third is signed with the new key. */
    private List<Boolean> newKeySigns() throws Exception {
        mock.server().reset();
        String current =
                Certificates.serialNo(mock.server().platformCertificates().get(0));
        mock.server()
                .configure(MockConfiguration.builder()
                        .platformKeys(PlatformKeySettings.builder()
                                .rotation(Rotation.builder()
                                        .stage(RotationStage.SHIFTING)
                                        .newShare(0.34)
                                        .build())
                                .build())
                        .build());
        List<Boolean> signs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            signs.add(!mock.assertSigned(mock.send(SignedRequest.confirm())).equals(current));
        }
        return signs;
    }

    @Test
    void isNotToldOfARequestThatWasUnderWay() throws Exception {
        mock.server().inject(Fault.builder().kind(FaultKind.SLOW).delayMs(300).build());
        FutureTask<RawHttp.Answer> call = new FutureTask<>(() -> mock.send(SignedRequest.confirm()));
        try (EventReader events = new EventReader(mock.baseUrl(), null)) {
            new Thread(call).start();
            events.until("token_issued");

            mock.server().reset();
        }

        assertThat(call.get().status()).isEqualTo(200);
        assertThat(mock.server().takeRequest(Duration.ZERO)).isEmpty();
        assertThat(mock.server().world().tokens()).isEmpty();
    }

    @Test
    void healsAClockThatWasSetFarOff() throws Exception {
        mock.server().clock().skew(Duration.ofDays(365 * 7000));
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(401);

        mock.server().reset();

        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
    }
}
