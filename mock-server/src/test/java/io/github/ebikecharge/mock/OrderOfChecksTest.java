package io.github.ebikecharge.mock;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A request with two faults hears of the one that is checked first, whichever the other is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderOfChecksTest {
    /** In the order of the checks. Each breaks a part of the request of its own, so that any two go together. */
    private static final List<Fault> FAULTS = List.of(
            new Fault("route", 404, "", request -> request.target("/v3/ebike/charge/nothing")),
            new Fault("method", 405, "", request -> request.method("PUT")),
            new Fault("headers", 400, "缺少Accept或User-Agent", request -> request.header("User-Agent", null)),
            new Fault(
                    "query",
                    400,
                    "“/query/contract_id”",
                    request -> request.target(SignedRequest.CONFIRM.replace("aAfixCs13LsdKPpfZfDkk2189ssXjfx", "other")
                            + "?contract_id=other")),
            new Fault("JSON", 400, "解析 Json 出错", request -> request.edit("{\"sub_mchid\"", "{sub_mchid\"")),
            new Fault("first field", 400, "“/body/appid”", request -> request.edit("\"wx47c677487ce3ac47\"", "1")),
            new Fault("later field", 400, "“/body/sub_appid”", request -> request.edit("\"wxcc603d9f0d54eaf0\"", "1")),
            new Fault("nested field", 400, "device_id", request -> request.edit("\"12343232\"", "1")),
            new Fault(
                    "repeated",
                    400,
                    "“/body/contract_id”",
                    request -> request.edit("\"charge_info\"", "\"contract_id\":\"x\",\"charge_info\"")),
            new Fault(
                    "unknown",
                    400,
                    "未在API文档中定义",
                    request -> request.edit("\"start_time\"", "\"foo\":1,\"start_time\"")),
            new Fault("scheme", 401, "认证类型不正确", request -> request.editAuthorization("WECHATPAY2", "WECHATPAY3")),
            new Fault("timestamp", 401, "不得超过5分钟", request -> request.age(Duration.ofMinutes(6))),
            new Fault("serial", 401, "商户证书序列号有误", request -> request.serialNo("AB")),
            new Fault("signature", 401, "sign not match", SignedRequest::forged),
            new Fault(
                    "contract",
                    404,
                    "NOT_FOUND",
                    request ->
                            request.target(SignedRequest.CONFIRM.replace("aAfixCs13LsdKPpfZfDkk2189ssXjfx", "other"))));

    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    static Stream<Fault> faults() {
        return FAULTS.stream();
    }

    static Stream<Arguments> pairs() {
        return FAULTS.stream()
                .flatMap(first ->
                        FAULTS.stream().skip(FAULTS.indexOf(first) + 1).map(second -> arguments(first, second)));
    }

    @Test
    void answersTheRequestWithoutAFault() throws Exception {
        assertThat(mock.send(SignedRequest.confirm()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesEachFault(Fault fault) throws Exception {
        SignedRequest request = SignedRequest.confirm();
        fault.commit().accept(request);
        assertRefusedFor(fault, request);
    }

    /** The later fault is committed first: where both are in the target, the earlier one's is sent. */
    @ParameterizedTest
    @MethodSource("pairs")
    void refusesTheEarlierOfTwoFaults(Fault first, Fault second) throws Exception {
        SignedRequest request = SignedRequest.confirm();
        second.commit().accept(request);
        first.commit().accept(request);
        assertRefusedFor(first, request);
    }

    private void assertRefusedFor(Fault fault, SignedRequest request) throws Exception {
        RawHttp.Answer answer = mock.send(request);
        assertThat(answer.status()).isEqualTo(fault.status());
        if (fault.says().isEmpty()) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(answer.text()).contains(fault.says());
        }
    }

    /**
     * What is wrong with a request.
     *
     * @param status of the answer
     * @param says part of the answer's body that no other fault's has; nothing if it is empty
     */
    record Fault(String name, int status, String says, Consumer<SignedRequest> commit) {
        @Override
        public String toString() {
            return name;
        }
    }
}
