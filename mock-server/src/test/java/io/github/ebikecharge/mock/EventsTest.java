package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.mock.EventReader.Told;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.FaultKind;
import io.github.ebikecharge.mock.model.NoticeAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The live stream of events, over real sockets. */
@Timeout(60)
class EventsTest {
    private static final int LISTENERS = 50;
    private static final int WRITERS = 4;
    private static final int ROUNDS = 40;

    private FixedMock mock;

    @BeforeEach
    void start() {
        mock = new FixedMock();
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    @Test
    void tellsEveryKindOfChange() throws Exception {
        try (EventReader events = mock.listen()) {
            mock.send(SignedRequest.confirm());
            mock.server().world().outbox().answer("1", NoticeAnswer.CONFIRMED);
            mock.server().world().useToken(mock.server().world().tokens().get(0).chargingToken());
            mock.server().inject(Fault.builder().kind(FaultKind.SLOW).build());
            mock.server().clock().advance(Duration.ofSeconds(1));
            mock.server().world().removeContract("demoContractPaused");
            mock.ask("POST", "/_mock/reset");

            List<Told> told = events.until("reset");

            assertThat(told)
                    .extracting(Told::type)
                    .containsExactly(
                            "token_issued",
                            "notice_sent",
                            "notice_delivered",
                            "request_answered",
                            "notice_answered",
                            "token_used",
                            "configuration_changed",
                            "clock_changed",
                            "contract_removed",
                            "clock_changed",
                            "requests_forgotten",
                            "configuration_changed",
                            "reset");
            assertThat(told.get(3).data().at("/request/verdict").textValue()).isEqualTo("verified");
            assertThat(told.get(4).data().at("/notice/answer").textValue()).isEqualTo("CONFIRMED");
            assertThat(told.get(6).data().at("/settings/faults/0/kind").textValue())
                    .isEqualTo("slow");
            assertThat(told.get(10).data().at("/settings/faults").size()).isZero();
            assertThat(events.next().data().at("/contract/contract_id").textValue())
                    .isEqualTo("aAfixCs13LsdKPpfZfDkk2189ssXjfx");
        }
    }

    @Test
    void tellsThatATokenExpiresWhenItsTimeHasCome() throws Exception {
        try (EventReader events = mock.listen()) {
            mock.send(SignedRequest.confirm());
            mock.server().clock().advance(Duration.ofMinutes(119));
            mock.send(SignedRequest.confirm().age(Duration.ofMinutes(-119)).edit("\"6555\"", "\"6556\""));
            mock.server().clock().advance(Duration.ofMinutes(1));
            JsonNode first = last(events.until("token_expired")).at("/token");
            mock.server().clock().advance(Duration.ofMinutes(119));
            JsonNode second = last(events.until("token_expired")).at("/token");

            assertThat(first.at("/charge_info/charging_gun_number").textValue()).isEqualTo("6555");
            assertThat(second.at("/charge_info/charging_gun_number").textValue())
                    .isEqualTo("6556");
            assertThat(second.path("state").textValue()).isEqualTo("EXPIRED");
        }
    }

    private static JsonNode last(List<Told> told) {
        return told.get(told.size() - 1).data();
    }

    @Test
    void tellsHowOftenAFaultMayStillStrike() throws Exception {
        mock.server()
                .inject(Fault.builder().kind(FaultKind.SYSTEM_ERROR).count(2).build());
        try (EventReader events = mock.listen()) {
            mock.send(SignedRequest.confirm());
            mock.send(SignedRequest.confirm());

            List<Told> first = events.until("request_answered");
            assertThat(first.get(0).data().at("/settings/faults/0/count").intValue())
                    .isEqualTo(1);
            assertThat(first.get(1).data().at("/request/fault").textValue()).isEqualTo("system_error");
            assertThat(events.until("request_answered").get(0).data().at("/settings/faults"))
                    .isEmpty();
        }
    }

    @Test
    void tellsFiftyListenersEverythingInOrder() throws Exception {
        List<EventReader> listeners = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(LISTENERS + WRITERS);
        try {
            for (int i = 0; i < LISTENERS; i++) {
                listeners.add(mock.listen());
            }
            List<Future<List<Told>>> told = new ArrayList<>();
            for (EventReader listener : listeners) {
                told.add(threads.submit(() -> listener.until("clock_changed")));
            }
            List<Future<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(changes("writer" + i)));
            }
            for (Future<Void> writer : writers) {
                writer.get();
            }
            mock.server().clock().advance(Duration.ofSeconds(1));

            List<Told> first = told.get(0).get();
            // of each round two changes of a contract; one request, with a token and a notice once a writer
            assertThat(first).hasSize(WRITERS * (ROUNDS * 3 + 3) + 1);
            assertThat(first.stream().mapToLong(Told::id))
                    .containsExactlyElementsOf(LongStream.range(0, first.size())
                            .map(i -> first.get(0).id() + i)
                            .boxed()
                            .toList());
            for (Future<List<Told>> others : told) {
                assertThat(others.get()).isEqualTo(first);
            }
            assertThat(replayed(first)).isEqualTo(contracts());
        } finally {
            threads.shutdownNow();
            for (EventReader listener : listeners) {
                listener.close();
            }
        }
    }

    /** Changes contracts in process, and sends requests over a socket. */
    private Callable<Void> changes(String name) {
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                mock.putContract(name, ContractState.PAUSE);
                mock.send(SignedRequest.confirm().edit("12343232", name));
                mock.putContract(name, ContractState.OPENED);
            }
            return null;
        };
    }

    private static Map<String, JsonNode> replayed(List<Told> told) {
        Map<String, JsonNode> contracts = new TreeMap<>();
        told.stream()
                .filter(event -> event.type().equals("contract_changed"))
                .map(event -> event.data().path("contract"))
                .forEach(contract -> contracts.put(contract.path("contract_id").textValue(), contract));
        return contracts;
    }

    private Map<String, JsonNode> contracts() throws Exception {
        Map<String, JsonNode> contracts = new TreeMap<>();
        new JsonMapper()
                .readTree(mock.ask("GET", "/_mock/contracts").body())
                .path("contracts")
                .forEach(contract -> contracts.put(contract.path("contract_id").textValue(), contract));
        contracts.keySet().removeIf(contractId -> !contractId.startsWith("writer"));
        return contracts;
    }

    @Test
    void dropsAListenerThatDoesNotKeepUpAndNobodyWaitsForIt() throws Exception {
        String big = "x".repeat(20_000);
        try (EventReader slow = mock.listen();
                EventReader quick = mock.listen()) {
            for (int i = 0; i < 2_000; i++) {
                mock.server().world().putContract(new Contract("big", big, ContractState.OPENED, null, null));
                if (i % 100 == 0) {
                    assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
                    quick.until("request_answered");
                }
            }

            List<Told> told = slow.until("listener_dropped");

            Told last = told.get(told.size() - 1);
            assertThat(told).hasSizeBetween(8_388_608 / big.length(), 2_000);
            assertThat(last.id()).isEqualTo(told.get(told.size() - 2).id());
            assertThat(told.stream().limit(told.size() - 1).mapToLong(Told::id))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(told.get(0).id(), last.id())
                                    .boxed()
                                    .toList());
            assertThat(slow.isOver()).isTrue();
        }
    }

    @Test
    void endsWithTheMock() throws Exception {
        try (EventReader events = mock.listen()) {
            mock.putContract("last", ContractState.OPENED);
            mock.close();

            assertThat(events.next().type()).isEqualTo("contract_changed");
            assertThat(events.isOver()).isTrue();
        }
    }
}
