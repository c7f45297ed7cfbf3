package io.github.ebikecharge.mock.control;

import io.github.ebikecharge.mock.generated.control.WorldApi;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.ChargingTokenList;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.ContractList;
import io.github.ebikecharge.mock.model.ContractTerms;
import io.github.ebikecharge.mock.model.NoticeReply;
import io.github.ebikecharge.mock.model.UserNotice;
import io.github.ebikecharge.mock.model.UserNoticeList;
import io.github.ebikecharge.mock.world.World;
import io.javalin.http.ConflictResponse;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/** What the control API does to contracts, tokens and notices. */
final class WorldControl implements WorldApi {
    private final World world;

    WorldControl(World world) {
        this.world = world;
    }

    @Override
    public ContractList listContracts() {
        return new ContractList(world.contracts());
    }

    @Override
    public Contract getContract(String contractId) {
        return world.contract(contractId)
                .orElseThrow(() -> new NoSuchElementException("There is no contract " + contractId));
    }

    @Override
    public Contract putContract(String contractId, ContractTerms terms) {
        Contract contract = Contract.builder()
                .contractId(contractId)
                .mchid(terms.mchid())
                .state(terms.state())
                .subMchid(terms.subMchid())
                .appid(terms.appid())
                .build();
        world.putContract(contract);
        return contract;
    }

    @Override
    public void removeContract(String contractId) {
        world.removeContract(contractId);
    }

    @Override
    public ChargingTokenList listTokens() {
        return new ChargingTokenList(world.tokens());
    }

    @Override
    public ChargingToken getToken(String chargingToken) {
        return world.token(chargingToken)
                .orElseThrow(() -> new NoSuchElementException("No such token was issued: " + chargingToken));
    }

    @Override
    public ChargingToken useToken(String chargingToken) {
        return unlessTooLate(() -> world.useToken(chargingToken));
    }

    @Override
    public UserNoticeList listNotices() {
        return new UserNoticeList(world.outbox().notices());
    }

    @Override
    public UserNotice getNotice(String id) {
        return world.outbox().notice(id).orElseThrow(() -> new NoSuchElementException("There is no notice " + id));
    }

    @Override
    public UserNotice answerNotice(String id, NoticeReply reply) {
        return unlessTooLate(() -> world.outbox().answer(id, reply.answer()));
    }

    private static <T> T unlessTooLate(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalStateException e) {
            throw new ConflictResponse(String.valueOf(e.getMessage()));
        }
    }
}
