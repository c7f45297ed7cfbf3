package io.github.ebikecharge.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether confirm was called as expected. */
class VerificationTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private FixedMock mock;

    @BeforeEach
    void start() throws Exception {
        mock = new FixedMock();
        mock.send(SignedRequest.confirm());
        mock.send(SignedRequest.confirm().edit("6555", "6556"));
        mock.send(SignedRequest.confirm().forged());
        mock.send(SignedRequest.confirm().target("/v3/ebike/charge/contracts/a%20b/confirm"));
        mock.send(SignedRequest.confirm().body("not json"));
        mock.send(SignedRequest.certificates());
        mock.send(SignedRequest.confirm().target("/v3/nowhere"));
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    private JsonNode verify(String expectation) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(mock.baseUrl() + "/_mock/verifications"))
                .POST(HttpRequest.BodyPublishers.ofString(expectation))
                .build();
        return new JsonMapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                | 5 | true",
                "{\"times\":5}                                                     | 5 | true",
                "{\"times\":4}                                                     | 5 | false",
                "{\"contract_id\":\"aAfixCs13LsdKPpfZfDkk2189ssXjfx\"}             | 4 | true",
                "{\"contract_id\":\"a b\",\"status\":404}                          | 1 | true",
                "{\"charging_gun_number\":\"6556\",\"times\":1}                    | 1 | true",
                "{\"charging_gun_number\":\"6557\"}                                | 0 | false",
                "{\"charging_gun_number\":\"6557\",\"times\":0}                    | 0 | true",
                "{\"appid\":\"wx47c677487ce3ac47\",\"sub_mchid\":\"1900000109\"}   | 4 | true",
                "{\"start_time\":\"2017-08-26T09:43:39+08:00\",\"status\":200}     | 2 | true",
                "{\"verdict\":\"refused\",\"status\":401}                          | 1 | true",
                "{\"charging_station_name\":\"xxx充电站\",\"device_id\":\"12343232\"} | 4 | true"
            })
    void countsTheCallsThatHoldAllThatIsExpected(String expectation, int count, boolean satisfied) throws Exception {
        JsonNode verification = verify(expectation);

        assertThat(verification.path("count").intValue()).isEqualTo(count);
        assertThat(verification.path("requests")).hasSize(count);
        assertThat(verification.path("satisfied").booleanValue()).isEqualTo(satisfied);
    }

    @Test
    void showsTheNearestFirst() throws Exception {
        JsonNode verification = verify("{\"charging_gun_number\":\"6557\",\"status\":200,\"verdict\":\"verified\"}");

        assertThat(verification.path("near_misses").findValuesAsText("id")).startsWith("2", "1");
        JsonNode nearest = verification.at("/near_misses/0/differences");
        assertThat(nearest).hasSize(1);
        assertThat(nearest.path(0).toString())
                .isEqualTo("{\"field\":\"charging_gun_number\",\"expected\":\"6557\",\"actual\":\"6556\"}");
        assertThat(verification.path("text").textValue())
                .isEqualTo("Confirm was called like this never; expected: at least once. The nearest is request 2,"
                        + " with charging_gun_number 6556 in place of 6557.");
    }

    @Test
    void saysWhenNobodyCalledAtAll() throws Exception {
        mock.server().world().reset();
        HTTP.send(
                HttpRequest.newBuilder(URI.create(mock.baseUrl() + "/_mock/requests"))
                        .DELETE()
                        .build(),
                BodyHandlers.discarding());

        assertThat(verify("{}").path("text").textValue())
                .isEqualTo("Confirm was called like this never; expected: at least once. The journal holds no confirm"
                        + " call at all.");
    }
}
