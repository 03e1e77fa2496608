package dev.stowage.repositories;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.Completion;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Maps sessions to rows. */
final class SessionRows {

    static final String COLUMNS =
            "s.id, s.key, s.owner, s.layout_values, s.expected_size, s.process, s.resumable_id, s.part_size, s.memo, s.partial, s.content_type, s.metadata, s.headers,"
                    + " s.state, s.version, s.initiated_at, s.active_at, s.completion_parts, s.completion_size, s.completion_etag,"
                    + " s.conditions, s.completion_conditions, s.turn";

    private SessionRows() {}

    static UploadSession session(ResultSet row) throws SQLException {
        UploadInfo upload = new UploadInfo(
                new ObjectKey(row.getString("key")),
                new UploadId(row.getString("id")),
                Instant.ofEpochMilli(row.getLong("initiated_at")));
        return new UploadSession(
                upload,
                origin(row),
                new ObjectAttributes(
                        new ContentType(row.getString("content_type")),
                        metadata(row.getString("metadata")),
                        new HeaderAttributes(HeaderRows.values(row.getString("headers")))),
                Instant.ofEpochMilli(row.getLong("active_at")),
                UploadState.valueOf(row.getString("state")),
                completion(row),
                row.getLong("version"));
    }

    /** Encodes entries as lines: names have no {@code =}, and values no control characters. */
    static String text(Map<String, String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    static String text(List<PartTag> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.number())
                .append('=')
                .append(part.etag().value())
                .append('\n'));
        return text.toString();
    }

    private static UploadOrigin origin(ResultSet row) throws SQLException {
        long expected = row.getLong("expected_size");
        OptionalLong size = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(expected);
        return new UploadOrigin(
                Optional.ofNullable(row.getString("owner")),
                entries(row.getString("layout_values")),
                size,
                Optional.ofNullable(row.getString("process")).map(ProcessId::new),
                resumption(row));
    }

    private static Optional<Resumption> resumption(ResultSet row) throws SQLException {
        String id = row.getString("resumable_id");
        return id == null
                ? Optional.empty()
                : Optional.of(new Resumption(
                        new ResumableId(id),
                        row.getLong("part_size"),
                        row.getString("memo"),
                        row.getBoolean("partial"),
                        ConditionText.parse(row.getString("conditions"))));
    }

    static PartInfo part(ResultSet row) throws SQLException {
        return new PartInfo(
                new PartNumber(row.getInt("number")),
                row.getLong("size"),
                new Etag(row.getString("etag")),
                Instant.ofEpochMilli(row.getLong("stored_at")));
    }

    static Metadata metadata(String text) {
        return text.isEmpty() ? Metadata.NONE : Metadata.ofStored(entries(text));
    }

    static Map<String, String> entries(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        // Not lines(): a value may contain other line separators.
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return values;
    }

    private static Optional<Completion> completion(ResultSet row) throws SQLException {
        String parts = row.getString("completion_parts");
        if (parts == null) {
            return Optional.empty();
        }
        List<PartTag> tags = parts.lines()
                .map(line -> line.split("=", 2))
                .map(pair -> new PartTag(new PartNumber(Integer.parseInt(pair[0])), new Etag(pair[1])))
                .toList();
        return Optional.of(new Completion(
                tags,
                row.getLong("completion_size"),
                ConditionText.parse(row.getString("completion_conditions")),
                Optional.ofNullable(row.getString("completion_etag")).map(Etag::new)));
    }
}
