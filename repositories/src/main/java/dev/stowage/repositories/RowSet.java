package dev.stowage.repositories;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Rows that one statement reads from one parameter, so that a change of many rows costs one statement. See {@link SqlDialect#rows}.
 *
 * @param json an array of objects, as text
 */
record RowSet(String json) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Creates rows, one for each value. */
    static <T> RowSet of(List<T> values, BiConsumer<Row, T> columns) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            Row row = new Row(json);
            json.writeStartArray();
            for (T value : values) {
                json.writeStartObject();
                columns.accept(row, value);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("A string can be written to", e);
        }
        return new RowSet(text.toString());
    }

    /** The values of one row; columns without a value are null. */
    static final class Row {

        private final JsonGenerator json;

        private Row(JsonGenerator json) {
            this.json = json;
        }

        Row set(String column, String value) {
            try {
                json.writeStringField(column, value);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Row set(String column, long value) {
            try {
                json.writeNumberField(column, value);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Row set(String column, Optional<String> value) {
            value.ifPresent(text -> set(column, text));
            return this;
        }

        Row set(String column, OptionalLong value) {
            value.ifPresent(number -> set(column, number));
            return this;
        }
    }
}
