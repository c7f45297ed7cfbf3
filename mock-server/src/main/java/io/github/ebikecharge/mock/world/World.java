package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.model.ChargeInfo;
import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.Event;
import io.github.ebikecharge.mock.model.EventType;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.TokenState;
import io.github.ebikecharge.mock.world.WorldState.Issued;
import io.github.ebikecharge.mock.world.WorldState.Session;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Contracts (充电授权扣费协议), deduction tokens (用户充电代扣凭证) and the notices that go with them. Thread-safe; every
 * change is an event.
 */
public final class World {
    /** The contract that every mock knows: the example of the official page. */
    public static final String DEMO_CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private static final int TOKEN_LENGTH = 20;

    private final String mchid;
    private final Changes changes;
    private final WorldState state;
    private final Outbox outbox;
    private final Alarms alarms;
    private final TokenExpiry expiry;
    private final Supplier<MockConfiguration> configuration;
    private final List<Contract> contractsAtTheStart;

    /**
     * Changes by these changes, and begins where their store left off.
     *
     * @param mchid merchant that may charge under them
     * @param callbacks reports what users answer
     * @param configuration asked for anew at each call
     */
    public World(
            String mchid,
            Changes changes,
            Alarms alarms,
            CallbackSender callbacks,
            Supplier<MockConfiguration> configuration,
            Clock clock) {
        this.changes = changes;
        this.state = changes.state();
        this.outbox =
                new Outbox(changes, alarms, callbacks, () -> configuration.get().notices(), clock);
        this.alarms = alarms;
        this.expiry = new TokenExpiry(changes, alarms, clock);
        this.configuration = configuration;
        this.mchid = mchid;
        this.contractsAtTheStart = demoContracts(mchid);
        changes.listen(new Watch());
    }

    /** The demo contracts are there. */
    public void begin(Change change) {
        contractsAtTheStart.forEach(contract -> put(change, contract));
    }

    /** Arms what is due later. */
    private final class Watch implements Changes.Listener {
        @Override
        public void happened(Event event, boolean here) {
            switch (event.type()) {
                case TOKEN_ISSUED -> expiry.watch(Objects.requireNonNull(event.token()));
                case NOTICE_DELIVERED, NOTICE_ANSWERED, NOTICE_REPORTED ->
                    outbox.arm(Objects.requireNonNull(event.notice()), here);
                case RESET -> clearAlarms();
                default -> {}
            }
        }

        @Override
        public void restored() {
            clearAlarms();
            state.tokens().stream()
                    .filter(token -> token.state() == TokenState.VALID)
                    .forEach(expiry::watch);
            state.notices().forEach(notice -> outbox.arm(notice, !changes.shared()));
        }

        private void clearAlarms() {
            alarms.clear();
            expiry.clear();
        }
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
        return state.contracts();
    }

    /** The contract with this number. */
    public Optional<Contract> contract(String contractId) {
        return state.contract(contractId);
    }

    /** Adds a contract, or replaces the one with its number. */
    public void putContract(Contract contract) {
        changes.make(change -> put(change, contract));
    }

    private static Contract put(Change change, Contract contract) {
        change.add(EventType.CONTRACT_CHANGED, Event.builder().contract(contract));
        return contract;
    }

    /** Opens, pauses or closes a contract; one that is not known is added. */
    public void setContractState(String contractId, ContractState contractState) {
        changes.make(change -> put(
                change,
                contract(contractId)
                        .map(known -> known.toBuilder().state(contractState).build())
                        .orElseGet(() -> new Contract(contractId, mchid, contractState, null, null))));
    }

    /**
     * Forgets a contract.
     *
     * @throws NoSuchElementException if it is not known
     */
    public void removeContract(String contractId) {
        changes.make(change -> {
            Contract contract = contract(contractId)
                    .orElseThrow(() -> new NoSuchElementException("There is no contract " + contractId));
            change.add(EventType.CONTRACT_REMOVED, Event.builder().contract(contract));
            return contract;
        });
    }

    /** The notices to users. */
    public Outbox outbox() {
        return outbox;
    }

    /** The tokens that were issued, newest first. */
    public List<ChargingToken> tokens() {
        return changes.see(change -> state.tokens().stream()
                .map(token -> expiry.settle(change, token))
                .toList());
    }

    /** This token, if it was issued. */
    public Optional<ChargingToken> token(String chargingToken) {
        return changes.see(change -> token(change, chargingToken));
    }

    private Optional<ChargingToken> token(Change change, String chargingToken) {
        return state.token(chargingToken).map(token -> expiry.settle(change, token));
    }

    /**
     * Issues a token and sends the user a notice. A repeat (the same caller, contract and values) gets the token that
     * it got before while that is valid, and sends no notice; whether WeChat Pay does so is not documented, assumed.
     *
     * @return the token
     */
    public String confirm(String mchid, String contractId, ConfirmChargeRequest request) {
        Session session = new Session(mchid, contractId, request);
        return changes.make(change -> {
            Optional<Issued> before = state.issued(session);
            if (configuration.get().assumptions().repeatReturnsSameToken()) {
                Optional<ChargingToken> same = before.flatMap(issued -> token(change, issued.chargingToken()))
                        .filter(token -> token.state() == TokenState.VALID);
                if (same.isPresent()) {
                    return same.get().chargingToken();
                }
            }
            ChargingToken token =
                    issue(change, session, before.map(Issued::count).orElse(0));
            outbox.send(change, token);
            return token.chargingToken();
        });
    }

    private ChargingToken issue(Change change, Session session, int issuedBefore) {
        OffsetDateTime now = change.at();
        ConfirmChargeRequest request = session.request();
        ChargeInfo chargeInfo = request.chargeInfo();
        ChargingToken token = ChargingToken.builder()
                .chargingToken(name(session, issuedBefore))
                .contractId(interned(session.contractId()))
                .mchid(interned(session.mchid()))
                .subMchid(interned(request.subMchid()))
                .appid(interned(request.appid()))
                .subAppid(interned(request.subAppid()))
                .chargeInfo(chargeInfo.toBuilder()
                        .chargingStationName(interned(chargeInfo.chargingStationName()))
                        .chargingGunNumber(interned(chargeInfo.chargingGunNumber()))
                        .build())
                .issuedAt(now)
                .expiresAt(now.plusSeconds(configuration.get().charging().tokenValidSeconds()))
                .state(TokenState.VALID)
                .build();
        change.add(EventType.TOKEN_ISSUED, Event.builder().token(token));
        return token;
    }

    /** Values that come again and again are in memory once. */
    private static @Nullable String interned(@Nullable String value) {
        return value == null ? null : value.intern();
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
        return changes.make(change -> {
            ChargingToken token = token(change, chargingToken)
                    .orElseThrow(() -> new NoSuchElementException("No such token was issued: " + chargingToken));
            switch (token.state()) {
                case USED -> throw new IllegalStateException("The token was used at " + token.usedAt());
                case EXPIRED -> throw new IllegalStateException("The token expired at " + token.expiresAt());
                case VALID -> {}
            }
            ChargingToken used =
                    token.toBuilder().state(TokenState.USED).usedAt(change.at()).build();
            change.add(EventType.TOKEN_USED, Event.builder().token(used));
            return used;
        });
    }

    /** Is as it was at the start: the demo contracts, no tokens, no notices. */
    public void reset() {
        changes.make(change -> {
            change.add(EventType.RESET, Event.builder());
            begin(change);
            return true;
        });
    }
}
