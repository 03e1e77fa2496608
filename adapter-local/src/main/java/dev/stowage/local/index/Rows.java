package dev.stowage.local.index;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps values to columns. */
final class Rows {

    private Rows() {}

    static ObjectRow object(ResultSet row) throws SQLException {
        ObjectInfo info = new ObjectInfo(
                new ObjectKey(row.getString("key")),
                row.getLong("size"),
                new Etag(row.getString("etag")),
                Instant.ofEpochMilli(row.getLong("modified_at")),
                attributes(row));
        return new ObjectRow(info, row.getLong("content_id"));
    }

    static ObjectAttributes attributes(ResultSet row) throws SQLException {
        return new ObjectAttributes(
                new ContentType(row.getString("content_type")),
                metadata(row.getString("metadata")),
                headers(row.getString("headers")));
    }

    /** Encodes entries as lines: names have no {@code =}, and values no control characters. */
    static String text(Metadata metadata) {
        return text(metadata.stored());
    }

    /** Encodes header attributes in the same way. */
    static String text(HeaderAttributes headers) {
        Map<String, String> entries = new LinkedHashMap<>();
        headers.values().forEach((attribute, value) -> entries.put(attribute.field(), value));
        return text(entries);
    }

    private static String text(Map<String, String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static Metadata metadata(String text) {
        return text.isEmpty() ? Metadata.NONE : Metadata.ofStored(entries(text));
    }

    private static HeaderAttributes headers(String text) {
        if (text.isEmpty()) {
            return HeaderAttributes.NONE;
        }
        Map<HeaderAttribute, String> values = new EnumMap<>(HeaderAttribute.class);
        entries(text)
                .forEach((field, value) ->
                        HeaderAttribute.ofField(field).ifPresent(attribute -> values.put(attribute, value)));
        return new HeaderAttributes(values);
    }

    private static Map<String, String> entries(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return values;
    }
}
