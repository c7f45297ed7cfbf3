package io.github.ebikecharge.mock.charge;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.gateway.Refusal;
import io.github.ebikecharge.mock.gateway.Triggers;
import io.github.ebikecharge.mock.generated.EbikeChargeApi;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractState;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.world.World;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Issues deduction tokens (用户当次充电代扣凭证) under contracts that are open to the caller; its refusals are assumed. */
public final class ConfirmChargeHandler implements EbikeChargeApi {
    private final World world;
    private final Supplier<MockConfiguration> configuration;

    /** @param configuration asked for anew at each call */
    public ConfirmChargeHandler(World world, Supplier<MockConfiguration> configuration) {
        this.world = world;
        this.configuration = configuration;
    }

    @Override
    public ConfirmChargeResponse confirmCharge(Caller caller, String contractId, ConfirmChargeRequest body)
            throws Refusal {
        if (caller.mchid().equals(body.subMchid())) {
            throw Refusal.subMerchantIsCaller();
        }
        Optional<Contract> contract = world.contract(contractId);
        if (contract.isPresent()) {
            check(contract.get(), caller, body);
        } else if (!Triggers.owns(contractId) && !configuration.get().charging().unlistedContractsOpened()) {
            throw unknown();
        }
        return ConfirmChargeResponse.builder()
                .chargingToken(world.confirm(caller.mchid(), contractId, body))
                .build();
    }

    private void check(Contract contract, Caller caller, ConfirmChargeRequest body) throws Refusal {
        if (!contract.mchid().equals(caller.mchid())) {
            throw unknown();
        }
        if (contract.state() != ContractState.OPENED) {
            throw Refusal.contractNotOpened();
        }
        if (!fits(contract.subMchid(), body.subMchid())) {
            throw Refusal.merchantMismatch();
        }
        if (!fits(contract.appid(), body.appid())) {
            throw Refusal.appidMismatch();
        }
    }

    private static boolean fits(@Nullable String bound, @Nullable String given) {
        return bound == null || bound.equals(given);
    }

    private Refusal unknown() {
        return configuration.get().assumptions().missingContractIsResourceNotExists()
                ? Refusal.resourceNotExists()
                : Refusal.notFound();
    }
}
