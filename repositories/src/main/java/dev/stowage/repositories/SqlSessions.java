package dev.stowage.repositories;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.event.Event;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.Completion;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.ResumableSessions;
import dev.stowage.core.port.records.UploadIntents;
import dev.stowage.core.port.records.UploadSessions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Upload sessions in an SQL database. */
final class SqlSessions implements UploadSessions {

    static final String SELECT = "SELECT " + SessionRows.COLUMNS + " FROM upload_session s ";
    private static final String LISTED =
            "s.state IN ('OPEN', 'COMPLETING') AND s.process IS NULL AND s.partial = 0 AND s.key >= :prefix"
                    + " AND (s.key, s.id) > (:key, :id) ORDER BY s.key, s.id LIMIT :limit";
    private static final String INSERT = "INSERT INTO upload_session (id, key, owner, layout_values, expected_size,"
            + " process, resumable_id, part_size, memo, partial, content_type, metadata, headers, state, version, initiated_at, active_at, completion_parts,"
            + " completion_size, completion_etag, completion_conditions, conditions) VALUES (:id, :key, :owner, :layout, :expected, :process, :resumable,"
            + " :part_size, :memo, :partial, :type,"
            + " :metadata, :headers, :state, :version, :initiated, :active, :parts, :size, :etag, :completion_conditions, :conditions) ON CONFLICT (id) DO NOTHING";
    static final String CHANGE = "UPDATE upload_session SET state = :state, version = :version, active_at = :active,"
            + " completion_parts = :parts, completion_size = :size, completion_etag = :etag,"
            + " completion_conditions = :completion_conditions, process = :process"
            + " WHERE id = :id AND state = :from_state AND version = :from_version";
    private static final String TOUCH =
            "UPDATE upload_session SET active_at = CASE WHEN active_at < :now THEN :now ELSE active_at END"
                    + " WHERE id = :id AND state = 'OPEN'";

    private final SqlDatabase database;
    private final ProcessId process;
    private final Supplier<Optional<String>> requestId;
    private final UploadIntents intents;
    private final ResumableSessions resumables;

    SqlSessions(SqlDatabase database, ProcessId process, Supplier<Optional<String>> requestId) {
        this.database = database;
        this.process = process;
        this.requestId = requestId;
        this.intents = new SqlIntents(database, process);
        this.resumables = new SqlResumables(database, process);
    }

    @Override
    public UploadIntents intents() {
        return intents;
    }

    @Override
    public ResumableSessions resumable() {
        return resumables;
    }

    @Override
    public void check() {
        int unused = database.write(
                handle -> handle.execute("UPDATE process SET alive_until = alive_until WHERE id = ?", process.value()));
    }

    @Override
    public void add(UploadSession session, UploadIntent intent) {
        int unused = database.add(handle -> {
            SqlIntents.delete(handle, intent);
            return insert(handle, session);
        });
    }

    static int insert(Handle handle, UploadSession session) {
        UploadOrigin origin = session.origin();
        return bind(handle.createUpdate(INSERT), session)
                .bind("key", session.key().value())
                .bind("owner", origin.owner())
                .bind("layout", SessionRows.text(origin.layoutValues()))
                .bind("expected", origin.expectedSize())
                .bind("resumable", session.resumption().map(way -> way.id().value()))
                .bind("part_size", session.resumption().map(Resumption::partSize))
                .bind("memo", session.resumption().map(Resumption::memo))
                .bind("partial", session.resumption().map(Resumption::partial).orElse(false))
                .bind(
                        "conditions",
                        session.resumption()
                                .map(Resumption::conditions)
                                .map(ConditionText::of)
                                .orElse(""))
                .bind("type", session.attributes().contentType().value())
                .bind(
                        "metadata",
                        SessionRows.text(session.attributes().metadata().stored()))
                .bind("headers", HeaderRows.text(session.attributes().headers().values()))
                .bind("initiated", session.upload().initiated().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<UploadSession> find(ObjectKey key, UploadId id) {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE s.id = :id AND s.key = :key")
                .bind("id", id.value())
                .bind("key", key.value())
                .map((row, context) -> SessionRows.session(row))
                .findOne());
    }

    @Override
    public boolean change(UploadSession from, UploadSession to) {
        try {
            return tryToChange(from, to);
        } catch (StorageUnavailable e) {
            if (e.isOutcomeUnknown() && isNow(to)) {
                return true;
            }
            throw e;
        }
    }

    private boolean isNow(UploadSession expected) {
        return find(expected.key(), expected.id()).filter(expected::equals).isPresent();
    }

    private boolean tryToChange(UploadSession from, UploadSession to) {
        List<Event> events = Event.of(to, requestId.get()).stream().toList();
        return database.write(handle -> {
            Optional<Long> turn = bind(handle.createQuery(CHANGE + " RETURNING turn"), to)
                    .bind("from_state", from.state())
                    .bind("from_version", from.version())
                    .mapTo(Long.class)
                    .findOne();
            // Bytes and digests are on record only if a request has taken a token.
            if (turn.isPresent() && turn.get() > 0 && to.state().isFinal()) {
                TailTable.delete(handle, to.id());
                DigestTable.delete(handle, to.id());
            }
            if (turn.isPresent()) {
                WaitingEventTable.add(handle, events);
            }
            return turn.isPresent();
        });
    }

    @Override
    public Optional<UploadSessions.BegunPart> beginPart(
            ObjectKey key, UploadId id, Optional<String> owner, PartNumber number) {
        return database.write(handle -> database.dialect().parts().begin(handle, key, id, owner, number));
    }

    @Override
    public Set<PartFencingToken> newest(Set<PartFencingToken> attempts) {
        return database.read(handle -> PartAttemptTable.newest(handle, database.dialect(), attempts));
    }

    @Override
    public UploadSessions.PartOutcome putPart(PartFencingToken token, PartInfo part, Instant now) {
        return database.write(handle -> database.dialect().parts().put(handle, token, part, now));
    }

    @Override
    public void endPart(PartFencingToken token) {
        boolean unused = database.write(handle -> {
            PartAttemptTable.end(handle, token);
            return true;
        });
    }

    @Override
    public List<UploadSessions.UnconfirmedPart> unconfirmedParts(UploadId id) {
        return database.read(handle -> PartAttemptTable.unconfirmed(handle, id));
    }

    @Override
    public void replaceParts(UploadId id, List<PartInfo> parts) {
        Instant latest = parts.stream()
                .map(PartInfo::lastModified)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        if (database.read(handle -> PartTable.isSame(handle, id, parts, latest))) {
            return;
        }
        boolean unused = database.write(handle -> {
            boolean open = touch(handle, id, latest);
            if (open) {
                PartTable.replace(handle, database.dialect(), id, parts);
            }
            return open;
        });
    }

    @Override
    public void remove(UploadId id) {
        int unused = database.write(handle -> handle.execute("DELETE FROM upload_session WHERE id = ?", id.value()));
    }

    @Override
    public UploadProgress progress(UploadSession session) {
        return database.read(handle -> progress(handle, session));
    }

    @Override
    public Page<UploadProgress, SessionPosition> list(
            Optional<String> owner, KeyPrefix prefix, int max, Optional<SessionPosition> after) {
        List<UploadProgress> found = database.read(handle -> handle
                .createQuery(list(database.dialect(), owner.isPresent()))
                .bindMap(owner.map(id -> Map.of("owner", id)).orElse(Map.of()))
                .bind("prefix", prefix.value())
                .bind("key", after.map(position -> position.key().value()).orElse(""))
                .bind("id", after.map(position -> position.id().value()).orElse(""))
                .bind("limit", max + 1)
                .map((row, context) -> progress(row, SessionRows.session(row)))
                // Read completely: an open cursor would keep this connection at its snapshot.
                .list()
                .stream()
                .takeWhile(progress -> prefix.contains(progress.session().key()))
                .toList());
        return Page.first(
                found,
                max,
                last -> new SessionPosition(last.session().key(), last.session().id()));
    }

    @Override
    public List<UploadSession> unfinished(Instant before, int max, Optional<UploadId> after) {
        return database.read(
                handle -> handle.createQuery(SELECT + "WHERE s.state IN ('COMPLETING', 'ABORTING', 'EXPIRING')"
                                + " AND s.active_at < :before AND s.id > :after ORDER BY s.id LIMIT :limit")
                        .bind("before", before.toEpochMilli())
                        .bind("after", after.map(UploadId::value).orElse(""))
                        .bind("limit", max)
                        .map((row, context) -> SessionRows.session(row))
                        .list());
    }

    @Override
    public List<UploadSession> ofProcesses(int max, Optional<UploadId> after) {
        return database.read(handle -> handle.createQuery(
                        SELECT
                                + "WHERE s.process IS NOT NULL AND s.state = 'OPEN' AND s.id > :after ORDER BY s.id LIMIT :limit")
                .bind("after", after.map(UploadId::value).orElse(""))
                .bind("limit", max)
                .map((row, context) -> SessionRows.session(row))
                .list());
    }

    @Override
    public List<UploadSession> idle(Instant before, int max, Optional<UploadSession> after) {
        return database.read(handle -> handle.createQuery(
                        SELECT + "WHERE s.state = 'OPEN' AND s.process IS NULL AND s.active_at < :before"
                                + " AND (s.active_at, s.id) > (:active, :id) ORDER BY s.active_at, s.id LIMIT :limit")
                .bind("before", before.toEpochMilli())
                .bind(
                        "active",
                        after.map(session -> session.lastActivity().toEpochMilli())
                                .orElse(Long.MIN_VALUE))
                .bind("id", after.map(session -> session.id().value()).orElse(""))
                .bind("limit", max)
                .map((row, context) -> SessionRows.session(row))
                .list());
    }

    @Override
    public int prune(Instant before, int max) {
        return database.write(handle -> handle.createUpdate("DELETE FROM upload_session WHERE id IN (SELECT id FROM"
                        + " upload_session WHERE state IN ('COMPLETED', 'ABORTED', 'EXPIRED') AND active_at < :before"
                        + " LIMIT :limit" + database.dialect().forUpdateSkipLocked() + ")")
                .bind("before", before.toEpochMilli())
                .bind("limit", max)
                .execute());
    }

    /** A page of sessions, of one owner or of all. */
    static String list(SqlDialect dialect, boolean owned) {
        String select = "SELECT " + SessionRows.COLUMNS + ", " + progress("s.id") + " FROM upload_session s ";
        return owned
                ? select + dialect.indexedBy("upload_session_owner") + " WHERE s.owner = :owner AND " + LISTED
                : select + dialect.indexedBy("upload_session_key") + " WHERE " + LISTED;
    }

    static boolean touch(Handle handle, UploadId id, Instant now) {
        return handle.createUpdate(TOUCH)
                        .bind("id", id.value())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    private static UploadProgress progress(Handle handle, UploadSession session) {
        return handle.createQuery("SELECT " + progress(":id"))
                .bind("id", session.id().value())
                .map((row, context) -> progress(row, session))
                .one();
    }

    private static UploadProgress progress(ResultSet row, UploadSession session) throws SQLException {
        return new UploadProgress(session, row.getInt("parts"), row.getLong("bytes"));
    }

    /** The columns of the progress of a session. */
    private static String progress(String session) {
        return "(SELECT count(*) FROM upload_part WHERE session_id = " + session + ") AS parts,"
                + " (SELECT coalesce(sum(size), 0) FROM upload_part WHERE session_id = " + session + ")"
                + " + (SELECT coalesce(sum(size), 0) FROM upload_tail WHERE session_id = " + session
                + " AND staged = 0) AS bytes";
    }

    static <S extends SqlStatement<S>> S bind(S statement, UploadSession session) {
        Optional<Completion> completion = session.completion();
        return statement
                .bind("id", session.id().value())
                .bind("state", session.state())
                .bind("version", session.version())
                .bind("process", session.origin().process().map(ProcessId::value))
                .bind("active", session.lastActivity().toEpochMilli())
                .bind("parts", completion.map(chosen -> SessionRows.text(chosen.parts())))
                .bind("size", completion.map(Completion::size))
                .bind("etag", completion.flatMap(Completion::etag).map(Etag::value))
                .bind(
                        "completion_conditions",
                        completion
                                .map(Completion::conditions)
                                .map(ConditionText::of)
                                .orElse(""));
    }
}
