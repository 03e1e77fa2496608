package dev.stowage.repositories;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.UploadSessions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The attempts to store parts; changes run within one transaction. */
final class PartAttemptTable {

    private static final String SAME = " WHERE session_id = :id AND number = :number AND ";
    private static final String NEWER = "EXISTS (SELECT 1 FROM part_attempt" + SAME + "attempt > :attempt)";

    private PartAttemptTable() {}

    static Optional<UploadSessions.BegunPart> begin(
            Handle handle, ObjectKey key, UploadId id, Optional<String> owner, PartNumber number) {
        Optional<PartFencingToken> token = handle.createQuery("UPDATE upload_session SET attempts = attempts + 1"
                        + " WHERE id = :id AND key = :key AND state = 'OPEN' AND process IS NULL"
                        + " AND resumable_id IS NULL AND coalesce(:owner, owner, '') = coalesce(owner, '')"
                        + " RETURNING attempts")
                .bind("id", id.value())
                .bind("key", key.value())
                .bind("owner", owner)
                .mapTo(Long.class)
                .findOne()
                .map(attempt -> new PartFencingToken(id, number, attempt));
        return token.map(begun -> {
            execute(
                    handle,
                    "INSERT INTO part_attempt (session_id, number, attempt) VALUES (:id, :number, :attempt)",
                    begun);
            return new UploadSessions.BegunPart(begun, isContested(handle, begun));
        });
    }

    private static boolean isContested(Handle handle, PartFencingToken token) {
        return bind(
                        handle.createQuery("SELECT EXISTS (SELECT 1 FROM part_attempt" + SAME
                                + "attempt < :attempt AND etag IS NULL)"),
                        token)
                .mapTo(Boolean.class)
                .one();
    }

    static Set<PartFencingToken> newest(Handle handle, SqlDialect dialect, Set<PartFencingToken> attempts) {
        RowSet rows = RowSet.of(
                List.copyOf(attempts),
                (row, token) -> row.set("id", token.upload().value())
                        .set("number", token.number().value())
                        .set("attempt", token.attempt()));
        return handle
                .createQuery("SELECT v.id, v.number, v.attempt FROM "
                        + dialect.rows("rows", "id TEXT", "number BIGINT", "attempt BIGINT")
                        + " v WHERE NOT EXISTS (SELECT 1 FROM part_attempt a"
                        + " WHERE a.session_id = v.id AND a.number = v.number AND a.attempt > v.attempt)")
                .bind("rows", rows.json())
                .map((row, context) -> new PartFencingToken(
                        new UploadId(row.getString("id")),
                        new PartNumber(row.getInt("number")),
                        row.getLong("attempt")))
                .stream()
                .collect(Collectors.toSet());
    }

    /** @return whether no newer attempt has stored the part */
    static boolean stored(Handle handle, PartFencingToken token, Etag etag) {
        int unused = bind(
                        handle.createUpdate("UPDATE part_attempt SET etag = :etag, overtaken = CASE WHEN " + NEWER
                                + " THEN 1 ELSE 0 END" + SAME + "attempt = :attempt"),
                        token)
                .bind("etag", etag.value())
                .execute();
        execute(
                handle,
                "DELETE FROM part_attempt" + SAME + "attempt < :attempt AND etag IS NOT NULL AND overtaken = 0",
                token);
        return bind(
                        handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM part_attempt" + SAME
                                + "attempt > :attempt AND etag IS NOT NULL)"),
                        token)
                .mapTo(Boolean.class)
                .one();
    }

    static void end(Handle handle, PartFencingToken token) {
        execute(handle, "DELETE FROM part_attempt" + SAME + "attempt = :attempt", token);
    }

    static List<UploadSessions.UnconfirmedPart> unconfirmed(Handle handle, UploadId id) {
        return handle.createQuery("SELECT older.number AS number, older.etag AS older, newest.etag AS newest"
                        + " FROM part_attempt older JOIN part_attempt newest ON newest.session_id = older.session_id"
                        + " AND newest.number = older.number AND newest.attempt = (SELECT max(attempt) FROM part_attempt"
                        + " WHERE session_id = :id AND number = older.number AND etag IS NOT NULL)"
                        + " WHERE older.session_id = :id AND (older.etag IS NULL OR older.overtaken = 1)"
                        + " AND older.attempt < newest.attempt ORDER BY older.number, older.attempt")
                .bind("id", id.value())
                .map((row, context) -> new UploadSessions.UnconfirmedPart(
                        new PartNumber(row.getInt("number")),
                        new Etag(row.getString("newest")),
                        Optional.ofNullable(row.getString("older")).map(Etag::new)))
                .list();
    }

    private static void execute(Handle handle, String sql, PartFencingToken token) {
        int unused = bind(handle.createUpdate(sql), token).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, PartFencingToken token) {
        return statement
                .bind("id", token.upload().value())
                .bind("number", token.number().value())
                .bind("attempt", token.attempt());
    }
}
