package io.github.ebikecharge.mock;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.control.Configurations;
import io.github.ebikecharge.mock.model.Fault;
import io.github.ebikecharge.mock.model.MockConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Every error of {@code error-catalogue.json}, byte for byte, and who gets it signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorCatalogueTest {
    private FixedMock mock;

    @BeforeAll
    void start() {
        mock = new FixedMock();
    }

    @AfterAll
    void stop() {
        mock.close();
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream file = ErrorCatalogueTest.class.getResourceAsStream("error-catalogue.json")) {
            return Stream.of(new JsonMapper().readValue(Objects.requireNonNull(file), Row[].class));
        }
    }

    static Stream<Row> signedRows() throws IOException {
        return rows().filter(Row::signed);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersTheCataloguedBytes(Row row) throws Exception {
        mock.server().configure(row.configuration());
        RawHttp.Answer answer = mock.send(row.toRequest());

        assertThat(answer.text()).isEqualTo(row.body());
        assertThat(answer.status()).isEqualTo(row.status());
        assertThat(answer.header("Content-Length"))
                .isEqualTo(String.valueOf(row.body().getBytes(UTF_8).length));
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("Request-ID")).matches("[0-9A-F]+-" + row.requestIdSuffix());
        if (row.signed()) {
            mock.assertSigned(answer);
        } else {
            FixedMock.assertUnsigned(answer);
        }
    }

    @ParameterizedTest
    @MethodSource("signedRows")
    void answersTheSameBytesUnsignedToARequestThatDoesNotVerify(Row row) throws Exception {
        mock.server().configure(row.configuration());
        RawHttp.Answer answer = mock.send(row.toRequest().forged());

        if (row.precedesAuthentication()) {
            assertThat(answer.text()).isEqualTo(row.body());
            assertThat(answer.status()).isEqualTo(row.status());
        } else {
            assertThat(answer.status()).isEqualTo(401);
        }
        FixedMock.assertUnsigned(answer);
    }

    @ParameterizedTest
    @MethodSource("signedRows")
    void answersTheSameBytesUnsignedToARequestThatNobodySigned(Row row) throws Exception {
        mock.server().configure(row.configuration());
        RawHttp.Answer answer = mock.send(row.toRequest().authorization(null));

        if (row.precedesAuthentication()) {
            assertThat(answer.text()).isEqualTo(row.body());
        } else {
            assertThat(answer.status()).isEqualTo(401);
        }
        FixedMock.assertUnsigned(answer);
    }

    /**
     * One error.
     *
     * @param source section of the wire reference
     * @param mark whether its message was seen in production ({@code CONFIRMED}) or follows from others ({@code
     *     INFERRED})
     * @param request what to change in the documented request
     * @param requestIdSuffix number that ends {@code Request-ID}
     * @param signed whether the answer to a request that verifies is signed
     */
    record Row(
            String id,
            String source,
            String mark,
            Map<String, @Nullable Object> request,
            int status,
            @JsonProperty("request_id_suffix") String requestIdSuffix,
            boolean signed,
            String body) {

        boolean precedesAuthentication() {
            return status == 400 && !request.containsKey("fault") && !id.equals("own-sub-merchant");
        }

        /** How the mock behaves for this row. */
        MockConfiguration configuration() {
            Object given = request.getOrDefault("configuration", Map.of());
            MockConfiguration configuration =
                    Configurations.read(WireJson.write(Objects.requireNonNull(given)), MockConfiguration.class);
            Object kind = request.get("fault");
            return kind == null
                    ? configuration
                    : configuration.toBuilder()
                            .faults(List.of(Configurations.read(WireJson.write(Map.of("kind", kind)), Fault.class)))
                            .build();
        }

        SignedRequest toRequest() {
            SignedRequest changed = SignedRequest.confirm();
            request.forEach((what, value) -> change(changed, what, value));
            return changed;
        }

        private static void change(SignedRequest request, String what, @Nullable Object value) {
            switch (what) {
                case "method" -> request.method(text(value));
                case "target" -> request.target(text(value));
                case "headers" -> texts(value).forEach(request::header);
                case "body" -> request.body(text(value));
                case "body_hex" -> request.body(HexFormat.of().parseHex(text(value)));
                case "edit" -> texts(value).forEach(request::edit);
                case "authorization" -> request.authorization((String) value);
                case "edit_authorization" -> texts(value).forEach(request::editAuthorization);
                case "age" -> request.age(Duration.ofSeconds((Integer) Objects.requireNonNull(value)));
                case "fault", "configuration" -> {
                    // what the mock is told, not the request
                }
                case "serial_no" -> request.serialNo(text(value));
                default -> throw new IllegalArgumentException(what);
            }
        }

        private static String text(@Nullable Object value) {
            return String.valueOf(value);
        }

        @SuppressWarnings("unchecked")
        private static Map<String, String> texts(@Nullable Object value) {
            return (Map<String, String>) Objects.requireNonNull(value);
        }

        @Override
        public String toString() {
            return id;
        }
    }
}
