package io.github.ebikecharge.api.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * JSON as API v3 writes it: UTF-8, no white space, absent fields left out, dates as
 * {@code 2017-08-26T09:43:39+08:00} with milliseconds only where there are some.
 *
 * @see <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012081709">Basic rules (基本规则)</a>
 */
public final class WireJson {
    private static final DateTimeFormatter SECONDS = withOffset("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MILLIS = withOffset("uuuu-MM-dd'T'HH:mm:ss.SSS");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule().addSerializer(new DateSerializer()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private WireJson() {}

    /** The pattern, then the offset: {@code +08:00}, or {@code Z} in UTC. */
    private static DateTimeFormatter withOffset(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .appendOffset("+HH:MM", "Z")
                .toFormatter(Locale.ROOT);
    }

    /** The bytes that go over the wire: sign these, and send these. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new UncheckedIOException(
                    "Cannot be written as JSON: " + value.getClass().getName(), e);
        }
    }

    /**
     * Reads a value; fields that are not known are passed over, as API v3 asks of its clients.
     *
     * @throws JacksonException if the bytes are not the JSON of such a value
     */
    public static <T> T read(byte[] json, Class<T> type) throws JacksonException {
        return read(json, MAPPER.reader(), type);
    }

    /**
     * Reads a value, and refuses fields that are not known.
     *
     * @throws JacksonException if the bytes are not the JSON of such a value
     */
    public static <T> T readStrictly(byte[] json, Class<T> type) throws JacksonException {
        return read(json, MAPPER.reader(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), type);
    }

    private static <T> T read(byte[] json, ObjectReader reader, Class<T> type) throws JacksonException {
        try {
            T value = reader.forType(type).readValue(json);
            if (value == null) {
                throw MismatchedInputException.from((JsonParser) null, type, "Nothing but a null");
            }
            return value;
        } catch (JacksonException e) {
            throw e;
        } catch (IOException e) {
            // bytes taken for UTF-32, which they are not
            throw JsonMappingException.fromUnexpectedIOE(e);
        }
    }

    /**
     * Reads a value that was parsed before, as {@link #read} does.
     *
     * @throws JacksonException if the tree is not that of such a value
     */
    public static <T> T fromTree(JsonNode tree, Class<T> type) throws JacksonException {
        return MAPPER.treeToValue(tree, type);
    }

    /** The tree of a value. */
    public static JsonNode toTree(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static final class DateSerializer extends StdSerializer<OffsetDateTime> {
        private static final long serialVersionUID = 1;

        DateSerializer() {
            super(OffsetDateTime.class);
        }

        @Override
        public void serialize(OffsetDateTime date, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(date.format(date.getNano() < 1_000_000 ? SECONDS : MILLIS));
        }
    }
}
