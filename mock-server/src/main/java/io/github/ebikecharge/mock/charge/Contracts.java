package io.github.ebikecharge.mock.charge;

import io.github.ebikecharge.mock.demo.DemoKeys;
import io.github.ebikecharge.mock.model.ContractState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The users' authorisations for charging (充电授权扣费协议), by number. */
public final class Contracts {
    /** The contract that every mock knows: the example of the official page. */
    public static final String DEMO_CONTRACT_ID = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";

    private final Map<String, Contract> byId = new ConcurrentHashMap<>();
    private final Map<String, Contract> closed = new ConcurrentHashMap<>();

    /**
     * One authorisation.
     *
     * @param contractId its number (充电授权扣费协议号)
     * @param mchid the merchant that may charge under it (商户号)
     */
    public record Contract(String contractId, String mchid) {}

    /** Adds a contract, or replaces the one with its number. */
    public void put(Contract contract) {
        byId.put(contract.contractId(), contract);
    }

    /** Opens a contract, or makes its number unknown: other states are not told apart. */
    public void setState(String contractId, ContractState state) {
        if (state == ContractState.OPENED) {
            byId.putIfAbsent(contractId, closed.getOrDefault(contractId, new Contract(contractId, DemoKeys.MCHID)));
        } else {
            Contract contract = byId.remove(contractId);
            if (contract != null) {
                closed.put(contractId, contract);
            }
        }
    }

    Optional<Contract> find(String contractId) {
        return Optional.ofNullable(byId.get(contractId));
    }
}
