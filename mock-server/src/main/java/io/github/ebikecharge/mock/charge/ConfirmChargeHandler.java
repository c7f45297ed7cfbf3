package io.github.ebikecharge.mock.charge;

import io.github.ebikecharge.api.model.ConfirmChargeRequest;
import io.github.ebikecharge.api.model.ConfirmChargeResponse;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.contract.Caller;
import io.github.ebikecharge.mock.gateway.Refusal;
import io.github.ebikecharge.mock.generated.EbikeChargeApi;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.BooleanSupplier;

/**
 * Issues deduction tokens (用户当次充电代扣凭证). Assumed: the same session, that is the same contract and request, gets
 * the same token each time, so a caller may safely repeat; it has no number of its own to tell repeats by.
 */
public final class ConfirmChargeHandler implements EbikeChargeApi {
    private static final int TOKEN_LENGTH = 20;

    private final Contracts contracts;
    private final BooleanSupplier missingIsResourceNotExists;

    /**
     * Issues tokens under {@code contracts}.
     *
     * @param missingIsResourceNotExists whether an unknown contract is answered in the code of newer calls
     */
    public ConfirmChargeHandler(Contracts contracts, BooleanSupplier missingIsResourceNotExists) {
        this.contracts = contracts;
        this.missingIsResourceNotExists = missingIsResourceNotExists;
    }

    @Override
    public ConfirmChargeResponse confirmCharge(Caller caller, String contractId, ConfirmChargeRequest body)
            throws Refusal {
        if (caller.mchid().equals(body.subMchid())) {
            throw Refusal.subMerchantIsCaller();
        }
        Contracts.Contract contract = contracts
                .find(contractId)
                .filter(candidate -> candidate.mchid().equals(caller.mchid()))
                .orElseThrow(() ->
                        missingIsResourceNotExists.getAsBoolean() ? Refusal.resourceNotExists() : Refusal.notFound());
        return new ConfirmChargeResponse(token(contract.contractId(), body));
    }

    private static String token(String contractId, ConfirmChargeRequest body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(WireJson.write(contractId));
            byte[] session = sha256.digest(WireJson.write(body));
            return Base64.getEncoder()
                    .encodeToString(session)
                    .replaceAll("[^0-9A-Za-z]", "")
                    .substring(0, TOKEN_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
