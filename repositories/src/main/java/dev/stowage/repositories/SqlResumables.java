package dev.stowage.repositories;

import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.records.ResumableSessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Resumable uploads in an SQL database. */
final class SqlResumables implements ResumableSessions {

    private static final String TOUCH =
            "UPDATE upload_session SET active_at = CASE WHEN active_at < :now THEN :now ELSE active_at END"
                    + " WHERE id = :id AND state = 'OPEN' AND turn = :turn";

    /** No token is valid afterwards. */
    private static final String REOPEN =
            "UPDATE upload_session SET state = :state, version = :version, active_at = :active,"
                    + " completion_parts = NULL, completion_size = NULL, process = NULL, turn = turn + 1"
                    + " WHERE id = :id AND state = 'COMPLETING' AND version = :from_version AND (process = :me"
                    + " OR NOT EXISTS (SELECT 1 FROM process p WHERE p.id = upload_session.process AND p.alive_until > :now))";

    private final SqlDatabase database;
    private final ProcessId process;

    SqlResumables(SqlDatabase database, ProcessId process) {
        this.database = database;
        this.process = process;
    }

    @Override
    public void add(UploadSession session, int max) {
        int unused = database.add(handle -> {
            SqlIntents.checkOpen(
                    handle, database.dialect(), session.origin().owner().orElse(""), max);
            return SqlSessions.insert(handle, session);
        });
    }

    @Override
    public Optional<UploadSession> find(ResumableId id) {
        return database.read(handle -> handle.createQuery(SqlSessions.SELECT + "WHERE s.resumable_id = :id")
                .bind("id", id.value())
                .map((row, context) -> SessionRows.session(row))
                .findOne());
    }

    @Override
    public UploadSession addPut(UploadSession session, int max, long size, Instant now) {
        UploadSession putting = session.putting(process, size, now);
        add(putting, max);
        return putting;
    }

    @Override
    public Optional<ResumableSessions.CurrentUpload> current(ResumableId id) {
        return database.read(handle -> handle.createQuery(SqlSessions.SELECT + "WHERE s.resumable_id = :id")
                .bind("id", id.value())
                .map((row, context) -> {
                    UploadSession session = SessionRows.session(row);
                    return new ResumableSessions.CurrentUpload(
                            session, new FencingToken(session.id(), row.getLong("turn")));
                })
                .findOne());
    }

    @Override
    public Optional<FencingToken> begin(FencingToken newest) {
        return database.write(handle -> {
            Optional<FencingToken> token = handle.createUpdate("UPDATE upload_session SET turn = turn + 1"
                                            + " WHERE id = :id AND state = 'OPEN' AND turn = :turn")
                                    .bind("id", newest.upload().value())
                                    .bind("turn", newest.number())
                                    .execute()
                            == 1
                    ? Optional.of(new FencingToken(newest.upload(), newest.number() + 1))
                    : Optional.empty();
            token.ifPresent(begun -> TailTable.dropStaged(handle, begun.upload()));
            return token;
        });
    }

    @Override
    public Optional<UploadSession> beginPut(FencingToken token, UploadSession open, long size, Instant now) {
        UploadSession putting = open.putting(process, size, now);
        boolean begun = database.write(handle ->
                SqlSessions.bind(handle.createUpdate(SqlSessions.CHANGE + " AND turn = :turn"), putting)
                                .bind("from_state", open.state())
                                .bind("from_version", open.version())
                                .bind("turn", token.number())
                                .execute()
                        == 1);
        return begun ? Optional.of(putting) : Optional.empty();
    }

    @Override
    public boolean reopen(UploadSession putting, Instant now) {
        return database.write(handle -> SqlSessions.bind(handle.createUpdate(REOPEN), putting.to(UploadState.OPEN, now))
                        .bind("from_version", putting.version())
                        .bind("me", process.value())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1);
    }

    @Override
    public Optional<FencingToken> begin(UploadId id) {
        return database.write(handle -> {
            // First the new token: from then on, no writer with an older one stages anything more.
            Optional<FencingToken> token = handle.createQuery(
                            "UPDATE upload_session SET turn = turn + 1 WHERE id = :id AND state = 'OPEN'"
                                    + " RETURNING turn")
                    .bind("id", id.value())
                    .mapTo(Long.class)
                    .findOne()
                    .map(number -> new FencingToken(id, number));
            // Without a token there is no lock, and another process may be staging bytes.
            token.ifPresent(begun -> TailTable.dropStaged(handle, id));
            return token;
        });
    }

    @Override
    public UploadOffset offset(UploadId id) {
        return database.read(handle -> handle.createQuery(
                        "SELECT (SELECT coalesce(sum(size), 0) FROM upload_part WHERE session_id = :id) AS parts,"
                                + " (SELECT coalesce(sum(size), 0) FROM upload_tail WHERE session_id = :id AND staged = 0)"
                                + " AS kept")
                .bind("id", id.value())
                .map((row, context) -> new UploadOffset(row.getLong("parts"), row.getLong("kept")))
                .one());
    }

    @Override
    public List<PartInfo> parts(UploadId id) {
        return database.read(handle -> handle.createQuery(
                        "SELECT number, size, etag, stored_at FROM upload_part WHERE session_id = :id ORDER BY number")
                .bind("id", id.value())
                .map((row, context) -> SessionRows.part(row))
                .list());
    }

    @Override
    public boolean keep(FencingToken token, long position, List<byte[]> pieces, Instant now) {
        return database.add(handle -> {
            boolean current = touch(handle, token, now);
            if (current) {
                TailTable.append(handle, token.upload(), position, pieces);
            }
            return current;
        });
    }

    @Override
    public boolean stage(FencingToken token, long position, List<byte[]> pieces, Instant now) {
        return database.add(handle -> {
            boolean current = touch(handle, token, now);
            if (current) {
                TailTable.stage(handle, token.upload(), position, pieces);
            }
            return current;
        });
    }

    @Override
    public Optional<byte[]> read(FencingToken token, long position) {
        return database.read(handle -> handle.createQuery("SELECT t.bytes FROM upload_tail t JOIN upload_session s"
                        + " ON s.id = t.session_id WHERE s.id = :id AND s.turn = :turn AND t.position = :position")
                .bind("id", token.upload().value())
                .bind("turn", token.number())
                .bind("position", position)
                .mapTo(byte[].class)
                .findOne());
    }

    @Override
    public boolean commit(FencingToken token, List<PartInfo> parts, Instant now) {
        return database.write(handle -> {
            boolean current = touch(handle, token, now);
            if (current) {
                PartTable.put(handle, database.dialect(), token.upload(), parts);
                TailTable.commit(handle, token.upload());
            }
            return current;
        });
    }

    @Override
    public boolean isCurrent(FencingToken token) {
        return database.read(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM upload_session"
                        + " WHERE id = :id AND state = 'OPEN' AND turn = :turn)")
                .bind("id", token.upload().value())
                .bind("turn", token.number())
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public Set<FencingToken> current(Set<FencingToken> tokens) {
        RowSet rows = RowSet.of(
                List.copyOf(tokens),
                (row, token) -> row.set("id", token.upload().value()).set("turn", token.number()));
        return database.read(handle -> handle
                .createQuery("SELECT s.id, s.turn FROM "
                        + database.dialect().rows("rows", "id TEXT", "turn BIGINT")
                        + " v JOIN upload_session s ON s.id = v.id AND s.turn = v.turn WHERE s.state = 'OPEN'")
                .bind("rows", rows.json())
                .map((row, context) -> new FencingToken(new UploadId(row.getString("id")), row.getLong("turn")))
                .stream()
                .collect(Collectors.toSet()));
    }

    @Override
    public boolean rewind(FencingToken token, PartNumber first, Instant now) {
        return database.write(handle -> {
            boolean current = touch(handle, token, now);
            if (current) {
                handle.execute(
                        "DELETE FROM upload_part WHERE session_id = ? AND number >= ?",
                        token.upload().value(),
                        first.value());
                TailTable.delete(handle, token.upload());
            }
            return current;
        });
    }

    @Override
    public boolean expect(FencingToken token, long size) {
        return database.write(handle -> handle.createUpdate("UPDATE upload_session SET expected_size = :size"
                                + " WHERE id = :id AND state = 'OPEN' AND turn = :turn")
                        .bind("size", size)
                        .bind("id", token.upload().value())
                        .bind("turn", token.number())
                        .execute())
                == 1;
    }

    @Override
    public boolean saveDigest(FencingToken token, long position, byte[] state) {
        return database.write(handle -> DigestTable.save(handle, database.dialect(), token, position, state));
    }

    @Override
    public Optional<byte[]> digest(UploadId id, long position) {
        return database.read(handle -> DigestTable.find(handle, id, position));
    }

    @Override
    public List<UploadSession> partials(Instant before, int max) {
        return database.read(handle -> handle.createQuery(SqlSessions.SELECT
                        + "WHERE s.partial = 1 AND s.state = 'COMPLETED' AND s.active_at < :before"
                        + " ORDER BY s.active_at LIMIT :limit")
                .bind("before", before.toEpochMilli())
                .bind("limit", max)
                .map((row, context) -> SessionRows.session(row))
                .list());
    }

    private static boolean touch(Handle handle, FencingToken token, Instant now) {
        return handle.createUpdate(TOUCH)
                        .bind("id", token.upload().value())
                        .bind("turn", token.number())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }
}
