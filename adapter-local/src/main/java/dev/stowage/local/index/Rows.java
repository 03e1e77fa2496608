package dev.stowage.local.index;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How values stand in columns. */
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
                new ContentType(row.getString("content_type")), metadata(row.getString("metadata")));
    }

    /** A line for each entry: names have no {@code =}, and values no control characters. */
    static String text(Metadata metadata) {
        StringBuilder text = new StringBuilder();
        metadata.values()
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static Metadata metadata(String text) {
        if (text.isEmpty()) {
            return Metadata.NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return new Metadata(values);
    }
}
