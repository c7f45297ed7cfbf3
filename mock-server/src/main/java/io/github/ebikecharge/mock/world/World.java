package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.TokenState;
import io.github.ebikecharge.mock.world.WorldStore.Issued;
import io.github.ebikecharge.mock.world.WorldStore.Session;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Contracts (充电授权扣费协议), deduction tokens (用户充电代扣凭证) and the notices that go with them. Thread-safe; every
 * change is an event.
 */
public final class World {
    /** The contract that every mock knows: the example of the official page. */
    public static final String DEMO_CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private static final int TOKEN_LENGTH = 20;

    private final String mchid;
    private final WorldStore store;
    private final Outbox outbox;
    private final Alarms alarms;
    private final TokenExpiry expiry;
    private final Supplier<MockConfiguration> configuration;
    private final Clock clock;
    private final List<Contract> contractsAtTheStart;

    /**
     * Begins with the demo contracts.
     *
     * @param mchid merchant that may charge under them
     * @param callbacks reports what users answer
     * @param configuration asked for anew at each call
     */
    public World(
            String mchid,
            EventLog events,
            Alarms alarms,
            CallbackSender callbacks,
            Supplier<MockConfiguration> configuration,
            Clock clock) {
        this.store = new WorldStore(events);
        this.outbox =
                new Outbox(store, alarms, callbacks, () -> configuration.get().notices(), clock);
        this.alarms = alarms;
        this.expiry = new TokenExpiry(store, alarms, clock);
        this.configuration = configuration;
        this.clock = clock;
        this.mchid = mchid;
        this.contractsAtTheStart = demoContracts(mchid);
        contractsAtTheStart.forEach(this::putContract);
    }

    private static List<Contract> demoContracts(String mchid) {
        return List.of(
                new Contract(DEMO_CONTRACT_ID, mchid, ContractState.OPENED, null, null),
                new Contract("demoContractPaused", mchid, ContractState.PAUSE, null, null),
                new Contract("demoContractDeleted", mchid, ContractState.DELETED, null, null),
                new Contract("demoContractBound", mchid, ContractState.OPENED, "1900000109", "wx47c677487ce3ac47"));
    }

    /** The contracts that are known, in the order of their numbers. */
    public List<Contract> contracts() {
        return store.contracts();
    }

    /** The contract with this number. */
    public Optional<Contract> contract(String contractId) {
        return store.contract(contractId);
    }

    /** Adds a contract, or replaces the one with its number. */
    public void putContract(Contract contract) {
        store.change(EventType.CONTRACT_CHANGED, Event.builder().contract(contract));
    }

    /** Opens, pauses or closes a contract; one that is not known is added. */
    public void setContractState(String contractId, ContractState state) {
        synchronized (store) {
            putContract(contract(contractId)
                    .map(known -> known.toBuilder().state(state).build())
                    .orElseGet(() -> new Contract(contractId, mchid, state, null, null)));
        }
    }

    /**
     * Forgets a contract.
     *
     * @throws NoSuchElementException if it is not known
     */
    public void removeContract(String contractId) {
        synchronized (store) {
            Contract contract = contract(contractId)
                    .orElseThrow(() -> new NoSuchElementException("There is no contract " + contractId));
            store.change(EventType.CONTRACT_REMOVED, Event.builder().contract(contract));
        }
    }

    /** The notices to users. */
    public Outbox outbox() {
        return outbox;
    }

    /** The tokens that were issued, newest first. */
    public List<ChargingToken> tokens() {
        synchronized (store) {
            return store.tokens().stream().map(expiry::settle).toList();
        }
    }

    /** This token, if it was issued. */
    public Optional<ChargingToken> token(String chargingToken) {
        synchronized (store) {
            return store.token(chargingToken).map(expiry::settle);
        }
    }

    /**
     * Issues a token and sends the user a notice. A repeat (the same caller, contract and values) gets the token that
     * it got before while that is valid, and sends no notice; whether WeChat Pay does so is not documented, assumed.
     *
     * @return the token
     */
    public String confirm(String mchid, String contractId, ConfirmChargeRequest request) {
        Session session = new Session(mchid, contractId, request);
        synchronized (store) {
            Optional<Issued> before = store.issued(session);
            if (configuration.get().assumptions().repeatReturnsSameToken()) {
                Optional<ChargingToken> same = before.flatMap(issued -> token(issued.chargingToken()))
                        .filter(token -> token.state() == TokenState.VALID);
                if (same.isPresent()) {
                    return same.get().chargingToken();
                }
            }
            ChargingToken token = issue(session, before.map(Issued::count).orElse(0));
            expiry.watch(token);
            outbox.send(token);
            return token.chargingToken();
        }
    }

    private ChargingToken issue(Session session, int issuedBefore) {
        OffsetDateTime now = MockClock.beijing(clock);
        ConfirmChargeRequest request = session.request();
        ChargingToken token = ChargingToken.builder()
                .chargingToken(name(session, issuedBefore))
                .contractId(session.contractId())
                .mchid(session.mchid())
                .subMchid(request.subMchid())
                .appid(request.appid())
                .subAppid(request.subAppid())
                .chargeInfo(request.chargeInfo())
                .issuedAt(now)
                .expiresAt(now.plusSeconds(configuration.get().charging().tokenValidSeconds()))
                .state(TokenState.VALID)
                .build();
        store.change(EventType.TOKEN_ISSUED, Event.builder().token(token));
        return token;
    }

    /** The same in every run: the first token of a session, the second, and so on. */
    private static String name(Session session, int issuedBefore) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(WireJson.write(
                            List.of(session.mchid(), session.contractId(), session.request(), issuedBefore)));
            return Base64.getEncoder()
                    .encodeToString(hash)
                    .replace("+", "")
                    .replace("/", "")
                    .substring(0, TOKEN_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /**
     * Marks a token as used, as the deduction would.
     *
     * @return the token, used
     * @throws NoSuchElementException if it was never issued
     * @throws IllegalStateException if it was used already, or has expired
     */
    public ChargingToken useToken(String chargingToken) {
        synchronized (store) {
            ChargingToken token = token(chargingToken)
                    .orElseThrow(() -> new NoSuchElementException("No such token was issued: " + chargingToken));
            switch (token.state()) {
                case USED -> throw new IllegalStateException("The token was used at " + token.usedAt());
                case EXPIRED -> throw new IllegalStateException("The token expired at " + token.expiresAt());
                case VALID -> {}
            }
            ChargingToken used = token.toBuilder()
                    .state(TokenState.USED)
                    .usedAt(MockClock.beijing(clock))
                    .build();
            store.change(EventType.TOKEN_USED, Event.builder().token(used));
            return used;
        }
    }

    /** Is as it was at the start: the demo contracts, no tokens, no notices. */
    public void reset() {
        synchronized (store) {
            alarms.clear();
            expiry.clear();
            store.change(EventType.RESET, Event.builder());
            contractsAtTheStart.forEach(this::putContract);
        }
    }
}
