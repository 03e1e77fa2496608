package dev.stowage.repositories;

import dev.stowage.core.access.AccessToken;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Link;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.access.StoredLink;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.LinkRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Links in an SQL database. */
final class SqlLinks implements LinkRecords {

    private static final String DOWNLOAD = "download";
    private static final String UPLOAD = "upload";
    private static final int PRUNED = 500;

    private final SqlDatabase database;

    SqlLinks(SqlDatabase database) {
        this.database = database;
    }

    @Override
    public void add(StoredLink stored, int max) {
        Link link = stored.link();
        int unused = database.add(handle -> {
            String owner = link.owner().orElse("");
            database.dialect().lock(handle, List.of("links of " + owner));
            int count = handle.createQuery("SELECT count(*) FROM link WHERE owner = :owner")
                    .bind("owner", owner)
                    .mapTo(Integer.class)
                    .one();
            if (count >= max) {
                throw TooManyOpen.links(max);
            }
            return handle.createUpdate(
                            "INSERT INTO link (id, digest, owner, kind, target, is_prefix, password, max_uses,"
                                    + " max_size, uses, created_at, expires_at) VALUES (:id, :digest, :owner, :kind, :target,"
                                    + " :is_prefix, :password, :max_uses, :max_size, :uses, :created, :expires)")
                    .bind("id", link.id())
                    .bind("digest", stored.digest())
                    .bind("owner", owner)
                    .bind("kind", link.target().action() == Action.READ ? DOWNLOAD : UPLOAD)
                    .bind("target", link.target().text())
                    .bind("is_prefix", link.target() instanceof LinkTarget.Folder ? 1 : 0)
                    .bind("password", stored.password().map(Secret::value))
                    .bind("max_uses", boxed(link.limits().maxUses()))
                    .bind("max_size", boxed(link.limits().maxSize()))
                    .bind("uses", link.uses().count())
                    .bind("created", link.createdAt().toEpochMilli())
                    .bind("expires", link.limits().expiresAt().map(Instant::toEpochMilli))
                    .execute();
        });
    }

    @Override
    public Optional<Link> find(String id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM link WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> link(row))
                .findOne());
    }

    @Override
    public Optional<StoredLink> findByDigest(String digest) {
        return database.read(handle -> handle.createQuery("SELECT * FROM link WHERE digest = :digest")
                .bind("digest", digest)
                .map((row, context) -> new StoredLink(
                        link(row),
                        digest,
                        Optional.ofNullable(row.getString("password")).map(Secret::new)))
                .findOne());
    }

    @Override
    public Page<Link, String> list(Optional<Optional<String>> owner, String prefix, int limit, Optional<String> after) {
        Optional<Link> last = after.map(id -> find(id).orElseThrow(PageLimit::invalidCursor));
        String where = (owner.isPresent() ? " AND owner = :owner" : "")
                + (last.isPresent() ? " AND (created_at < :created OR (created_at = :created AND id < :id))" : "");
        List<Link> found = database.read(handle -> {
            var query = handle.createQuery("SELECT * FROM link WHERE substr(target, 1, :length) = :prefix" + where
                            + " ORDER BY created_at DESC, id DESC LIMIT :limit")
                    .bind("length", prefix.codePointCount(0, prefix.length()))
                    .bind("prefix", prefix)
                    .bind("limit", limit + 1);
            owner.ifPresent(id -> query.bind("owner", id.orElse("")));
            last.ifPresent(link ->
                    query.bind("created", link.createdAt().toEpochMilli()).bind("id", link.id()));
            return query.map((row, context) -> link(row)).list();
        });
        return Page.first(found, limit, Link::id);
    }

    @Override
    public boolean use(String id, Instant now) {
        return database.write(
                        handle -> handle.createUpdate("UPDATE link SET uses = uses + 1, used_at = :now WHERE id = :id"
                                        + " AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)"
                                        + " AND (max_uses IS NULL OR uses < max_uses)")
                                .bind("id", id)
                                .bind("now", now.toEpochMilli())
                                .execute())
                == 1;
    }

    @Override
    public void revoke(String id, Instant now) {
        int unused = database.write(
                handle -> handle.createUpdate("UPDATE link SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute());
    }

    @Override
    public void giveBack(String id) {
        int unused = database.write(
                handle -> handle.execute("UPDATE link SET uses = uses - 1 WHERE id = ? AND uses > 0", id));
    }

    @Override
    public Optional<Instant> attempt(String id, Instant now) {
        return database.write(handle -> {
            int counted = handle.createUpdate("UPDATE link SET"
                            + " failures = CASE WHEN failed_since > :start THEN failures + 1 ELSE 1 END,"
                            + " failed_since = CASE WHEN failed_since > :start THEN failed_since ELSE :now END"
                            + " WHERE id = :id AND (failures < :max OR failed_since <= :start)")
                    .bind("start", now.minus(ATTEMPT_WINDOW).toEpochMilli())
                    .bind("max", MAX_FAILURES)
                    .bind("id", id)
                    .bind("now", now.toEpochMilli())
                    .execute();
            return counted == 1
                    ? Optional.empty()
                    : handle.createQuery("SELECT failed_since FROM link WHERE id = :id")
                            .bind("id", id)
                            .mapTo(Long.class)
                            .findOne()
                            .map(since -> Instant.ofEpochMilli(since).plus(ATTEMPT_WINDOW));
        });
    }

    @Override
    public void passed(String id) {
        int unused = database.write(
                handle -> handle.execute("UPDATE link SET failures = failures - 1 WHERE id = ? AND failures > 0", id));
    }

    @Override
    public void interrupted(String id, String file, long reached, Instant until) {
        int unused = database.write(
                handle -> handle.createUpdate("INSERT INTO link_interruption (id, link_id, file, reached, expires_at)"
                                + " SELECT :row, id, :file, :reached, :expires FROM link WHERE id = :link"
                                + " AND (SELECT count(*) FROM link_interruption WHERE link_id = :link) < :max")
                        .bind("row", AccessToken.id())
                        .bind("file", file)
                        .bind("reached", reached)
                        .bind("expires", until.toEpochMilli())
                        .bind("link", id)
                        .bind("max", MAX_INTERRUPTED)
                        .execute());
    }

    @Override
    public boolean isInterrupted(String id, Instant now) {
        return database.read(handle -> handle.createQuery(
                                "SELECT count(*) FROM link_interruption WHERE link_id = :link AND expires_at > :now")
                        .bind("link", id)
                        .bind("now", now.toEpochMilli())
                        .mapTo(Integer.class)
                        .one())
                > 0;
    }

    @Override
    public boolean resume(String id, String file, long offset, Instant now) {
        return database.write(handle -> handle.createUpdate("DELETE FROM link_interruption WHERE id = (SELECT id"
                                + " FROM link_interruption WHERE link_id = :link AND file = :file AND expires_at > :now"
                                + " AND reached >= :offset AND reached <= :farthest ORDER BY reached LIMIT 1"
                                + database.dialect().forUpdateSkipLocked() + ")")
                        .bind("link", id)
                        .bind("file", file)
                        .bind("now", now.toEpochMilli())
                        .bind("offset", offset)
                        .bind("farthest", Math.addExact(Math.min(offset, Long.MAX_VALUE - MAX_LOST), MAX_LOST))
                        .execute())
                == 1;
    }

    @Override
    public boolean prune(Instant endedBefore, Instant now) {
        return database.write(handle -> {
            int links = handle.createUpdate("DELETE FROM link WHERE id IN (SELECT id FROM link"
                            + " WHERE revoked_at < :before OR expires_at < :before"
                            + " OR (uses >= max_uses AND used_at < :before) LIMIT " + PRUNED
                            + database.dialect().forUpdateSkipLocked() + ")")
                    .bind("before", endedBefore.toEpochMilli())
                    .execute();
            int interruptions = handle.createUpdate("DELETE FROM link_interruption WHERE id IN"
                            + " (SELECT id FROM link_interruption WHERE expires_at <= :now LIMIT " + PRUNED
                            + database.dialect().forUpdateSkipLocked() + ")")
                    .bind("now", now.toEpochMilli())
                    .execute();
            return links == PRUNED || interruptions == PRUNED;
        });
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private static Link link(ResultSet row) throws SQLException {
        Action action = row.getString("kind").equals(UPLOAD) ? Action.WRITE : Action.READ;
        String target = row.getString("target");
        return new Link(
                row.getString("id"),
                Optional.of(row.getString("owner")).filter(owner -> !owner.isEmpty()),
                row.getInt("is_prefix") == 1
                        ? new LinkTarget.Folder(action, new KeyPrefix(target))
                        : new LinkTarget.OneFile(action, new ObjectKey(target)),
                new Link.Limits(
                        JobRows.instant(row, "expires_at"),
                        number(row, "max_uses"),
                        number(row, "max_size"),
                        row.getString("password") != null),
                Instant.ofEpochMilli(row.getLong("created_at")),
                JobRows.instant(row, "revoked_at"),
                new Link.Uses(row.getLong("uses"), JobRows.instant(row, "used_at")));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
