package io.github.ebikecharge.conformance.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ebikecharge.api.wire.ResponseSignature;
import io.github.ebikecharge.api.wire.Verifier;
import io.github.ebikecharge.conformance.kit.Exchange.Answer;
import io.github.ebikecharge.conformance.kit.Exchange.Header;
import io.github.ebikecharge.conformance.kit.Exchange.Request;
import io.github.ebikecharge.conformance.kit.GeneratedBodies.Mistake;
import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.model.ChargingSettings;
import io.github.ebikecharge.mock.model.MockConfiguration;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signed requests made from the document and from the grammar of {@code Authorization}: a token for what is right, the
 * documented refusal for what is wrong, and never a success without a signature. The smallest case that fails is
 * printed as a curl line. The seeds are fixed: a build that was green stays so.
 */
class GeneratedCasesTest {
    private static final String CONTRACT = "aAfixCs13LsdKPpfZfDkk2189ssXjfx";
    private static final String BODY = "{\"appid\":\"wx47c677487ce3ac47\",\"charge_info\":{\"start_time\":"
            + "\"2017-08-26T09:43:39+08:00\",\"charging_station_name\":\"xxx充电站\",\"charging_gun_number\":\"6555\","
            + "\"device_id\":\"12343232\"}}";

    private static final MockWechatPayServer WECHAT_PAY = MockWechatPayServer.builder()
            .configuration(MockConfiguration.builder()
                    .charging(ChargingSettings.builder()
                            .unlistedContractsOpened(true)
                            .build())
                    .build())
            .start();

    @AfterContainer
    static void stop() {
        WECHAT_PAY.close();
    }

    @Provide
    Arbitrary<JsonNode> valid() {
        return GeneratedBodies.valid();
    }

    @Provide
    Arbitrary<Mistake> mistake() {
        return GeneratedBodies.mistake();
    }

    @Property(tries = 400, seed = "1")
    void answersEveryBodyOfTheSchemaWithAToken(@ForAll("valid") JsonNode body) throws Exception {
        assertThat(Schemas.faults("ConfirmChargeRequest", body.toString())).isEmpty();

        assertToken(confirm(CONTRACT).body(body.toString()));
    }

    @Property(tries = 400, seed = "1")
    void refusesEveryBodyOneStepBesideTheSchema(@ForAll("valid") JsonNode body, @ForAll("mistake") Mistake mistake)
            throws Exception {
        ObjectNode wrong = body.deepCopy();
        mistake.change().accept(wrong);
        assertThat(Schemas.faults("ConfirmChargeRequest", wrong.toString())).isNotEmpty();

        Request request = signed(confirm(CONTRACT).body(wrong.toString()));
        Answer answer = send(request);
        assertThat(answer.status()).as(curl(request)).isEqualTo(400);
        assertThat(answer.text()).as(curl(request)).startsWith("{\"code\":\"PARAM_ERROR\"");
        assertThat(Schemas.faults("ErrorResponse", answer.text()))
                .as(curl(request))
                .isEmpty();
        assertSigned(request, answer);
    }

    @Provide
    Arbitrary<String> contract() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00A0', '\u024F')
                .withCharRange('\u4E00', '\u9FA5')
                .excludeChars('/', '\\', ';')
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(text -> !text.equals(".") && !text.equals("..") && !text.startsWith("TRIGGER_"));
    }

    @Property(tries = 300, seed = "1")
    void signsOverTheContractAsItStandsInTheTarget(@ForAll("contract") String contract) throws Exception {
        assertToken(confirm(URLEncoder.encode(contract, UTF_8).replace("+", "%20")));
    }

    @Provide
    Arbitrary<List<String>> order() {
        return Arbitraries.shuffle(Authorization.ORDER);
    }

    @Provide
    Arbitrary<String> nonce() {
        return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(32);
    }

    @Property(tries = 300, seed = "1")
    void takesEveryAuthorizationOfTheGrammar(@ForAll("order") List<String> order, @ForAll("nonce") String nonce)
            throws Exception {
        assertToken(confirm(CONTRACT).signed(authorization -> {
            authorization.order = order;
            authorization.nonce = nonce;
        }));
    }

    /** An edit of a finished header: at a share of its length, this many characters replaced by others. */
    record Edit(double place, int removed, String added) {
        Request of(Request request) {
            List<Header> headers = request.headers().stream()
                    .map(header -> header.name().equals("Authorization")
                            ? new Header(header.name(), edited(header.value()))
                            : header)
                    .toList();
            return new Request(request.method(), request.target(), headers, request.body(), false);
        }

        private String edited(String value) {
            // the last digit of Base64 has bits that no decoder looks at
            int at = (int) (place * (value.length() - 8));
            return value.substring(0, at) + added + value.substring(at + removed);
        }
    }

    @Provide
    Arbitrary<Edit> edit() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.strings().withCharRange('!', '~').ofMaxLength(2))
                .as(Edit::new);
    }

    @Property(tries = 600, seed = "1")
    void refusesEveryAuthorizationThatWasEdited(@ForAll("edit") Edit edit) throws Exception {
        Request right = signed(confirm(CONTRACT));
        Request edited = edit.of(right);
        Assume.that(!authorization(edited).equalsIgnoreCase(authorization(right)));

        Answer answer = send(edited);
        assertThat(answer.status()).as(curl(edited)).isEqualTo(401);
        assertThat(answer.text()).as(curl(edited)).startsWith("{\"code\":\"SIGN_ERROR\"");
        assertThat(answer.header("Wechatpay-Signature")).as(curl(edited)).isEmpty();
    }

    private static String authorization(Request request) {
        return request.header("Authorization").orElseThrow();
    }

    private static Draft confirm(String contract) {
        return new Draft(
                        WECHAT_PAY.baseUrl().getRawAuthority(),
                        "POST",
                        "/v3/ebike/charge/contracts/" + contract + "/confirm",
                        BODY.getBytes(UTF_8))
                .header("Wechatpay-Serial", WECHAT_PAY.publicKeyId());
    }

    private static Request signed(Draft draft) {
        return draft.sign(WECHAT_PAY.merchant(), Clock.systemUTC().instant().getEpochSecond());
    }

    private static Answer send(Request request) throws IOException {
        try (Wire wire = Wire.connect(WECHAT_PAY.baseUrl())) {
            return wire.exchange(request);
        }
    }

    private static String curl(Request request) {
        return Curl.of(WECHAT_PAY.baseUrl(), request);
    }

    private static void assertToken(Draft draft) throws Exception {
        Request request = signed(draft);
        Answer answer = send(request);
        assertThat(answer.status()).as(answer.text() + " " + curl(request)).isEqualTo(200);
        assertThat(Schemas.faults("ConfirmChargeResponse", answer.text()))
                .as(curl(request))
                .isEmpty();
        assertSigned(request, answer);
    }

    private static void assertSigned(Request request, Answer answer) throws Exception {
        ResponseSignature signature =
                ResponseSignature.from(name -> answer.header(name).orElse(null));
        assertThat(signature.serial()).as(curl(request)).isEqualTo(WECHAT_PAY.publicKeyId());
        new Verifier(serial -> Optional.of(WECHAT_PAY.publicKey()), Clock.systemUTC()).verify(signature, answer.body());
    }
}
