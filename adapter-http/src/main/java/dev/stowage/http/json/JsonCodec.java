package dev.stowage.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.stowage.core.error.StorageException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Converts records from and to JSON: snake_case names, times in ISO 8601 to the second. Reading is strict: no unknown or duplicate fields,
 * no string for a number, nothing after the value. Safe for concurrent use.
 */
public final class JsonCodec {

    /** The maximum size of a JSON body, in bytes: enough for 10 000 keys of 1024 bytes, some of them escaped. */
    public static final int MAX_BYTES = 16 << 20;

    /** Short strings take more memory than their JSON, so the number of tokens is bounded as well. */
    private static final int MAX_TOKENS = 200_000;

    private static final int MAX_TEXT = 64 << 10;

    private static final int MAX_DEPTH = 20;

    private final ObjectMapper mapper;

    public JsonCodec() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(MAX_BYTES)
                        .maxTokenCount(MAX_TOKENS)
                        .maxStringLength(MAX_TEXT)
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .addModule(new SimpleModule().addSerializer(new InstantToSecond()))
                .build();
    }

    /**
     * Reads one JSON object and nothing after it. A missing field is null in the record.
     *
     * @param body read to its end; not closed
     * @throws dev.stowage.core.error.InvalidInput when it is not JSON, or does not match the record; {@code detail.field} names the invalid
     *     field, if there is one
     * @throws IOException when {@code body} can't be read
     */
    public <T> T read(InputStream body, Class<T> type) throws IOException {
        try {
            T value = mapper.readValue(body, type);
            if (value == null) {
                throw JsonProblem.notAnObject();
            }
            return value;
        } catch (JsonProcessingException e) {
            rethrowFailureOfBody(e);
            throw JsonProblem.of(e);
        } catch (CharConversionException e) {
            throw JsonProblem.notUtf8();
        }
    }

    /** Within a record or an array, the mapper wraps what the stream throws, as if the field were invalid. */
    private static void rethrowFailureOfBody(JsonProcessingException problem) throws IOException {
        Throwable cause = problem;
        while (cause instanceof JsonProcessingException) {
            cause = cause.getCause();
        }
        if (cause instanceof IOException failure && !(cause instanceof CharConversionException)) {
            throw failure;
        }
        if (cause instanceof StorageException failure) {
            throw failure;
        }
    }

    /**
     * Reads JSON text, such as that of a form field, like {@link #read(InputStream, Class)}.
     *
     * @throws dev.stowage.core.error.InvalidInput likewise
     */
    public <T> T read(String text, Class<T> type) {
        try {
            T value = mapper.readValue(text, type);
            if (value == null) {
                throw JsonProblem.notAnObject();
            }
            return value;
        } catch (JsonProcessingException e) {
            throw JsonProblem.of(e);
        }
    }

    /** Returns the JSON of {@code value}, in UTF-8. */
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write as JSON: " + value.getClass(), e);
        }
    }

    private static final class InstantToSecond extends StdSerializer<Instant> {

        InstantToSecond() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }
}
