package dev.stowage.repositories;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.core.port.records.ChecksumBlock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Archives in an SQL database. */
final class SqlArchives implements ArchiveRecords {

    private static final List<String> TABLES = List.of("shared_archive", "archive_block", "archive_progress");
    private static final int PRUNED = 500;

    private final SqlDatabase database;

    SqlArchives(SqlDatabase database) {
        this.database = database;
    }

    @Override
    public void share(ArchiveRecords.SharedArchive archive, Instant now) {
        int unused = database.add(handle -> {
            String owner = archive.owner().orElse("");
            database.dialect().lock(handle, List.of("archives of " + owner));
            int open = handle.createQuery(
                            "SELECT count(*) FROM shared_archive WHERE owner = :owner AND expires_at > :now")
                    .bind("owner", owner)
                    .bind("now", now.toEpochMilli())
                    .mapTo(Integer.class)
                    .one();
            if (open >= MAX_SHARED) {
                throw TooManyOpen.archives(MAX_SHARED);
            }
            return handle.createUpdate(
                            "INSERT INTO shared_archive (digest, owner, prefixes, keys, strip_prefix, name, etag,"
                                    + " expires_at) VALUES (:digest, :owner, :prefixes, :keys, :strip, :name, :etag, :expires)")
                    .bind("digest", archive.digest())
                    .bind("owner", owner)
                    .bind("prefixes", lines(archive.selection().prefixes()))
                    .bind("keys", lines(archive.selection().keys()))
                    .bind("strip", archive.selection().strip().value())
                    .bind("name", archive.name())
                    .bind("etag", archive.etag().value())
                    .bind("expires", archive.expiresAt().toEpochMilli())
                    .execute();
        });
    }

    @Override
    public Optional<ArchiveRecords.SharedArchive> find(String digest, Instant now) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM shared_archive WHERE digest = :digest AND expires_at > :now")
                .bind("digest", digest)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> archive(row))
                .findOne());
    }

    @Override
    public void remember(Etag archive, long block, ChecksumBlock checksums, Instant until) {
        int unused = database.add(handle -> {
            database.dialect().lock(handle, List.of("checksums of " + archive));
            ChecksumBlock merged = block(handle, archive, block).orElseGet(ChecksumBlock::unknown);
            merged.add(checksums);
            return handle.createUpdate("INSERT INTO archive_block (etag, number, checksums, expires_at)"
                            + " VALUES (:etag, :number, :checksums, :expires) ON CONFLICT (etag, number)"
                            + " DO UPDATE SET checksums = excluded.checksums, expires_at = excluded.expires_at")
                    .bind("etag", archive.value())
                    .bind("number", block)
                    .bind("checksums", merged.bytes())
                    .bind("expires", until.toEpochMilli())
                    .execute();
        });
    }

    @Override
    public Optional<ChecksumBlock> checksums(Etag archive, long block) {
        return database.read(handle -> block(handle, archive, block));
    }

    @Override
    public void remember(Etag archive, long entry, ArchiveRecords.EntryProgress progress, Instant until) {
        int unused = database.add(handle -> handle.createUpdate(
                        "INSERT INTO archive_progress (etag, entry, position, crc, expires_at)"
                                + " VALUES (:etag, :entry, :position, :crc, :expires) ON CONFLICT (etag, entry)"
                                + " DO UPDATE SET position = excluded.position, crc = excluded.crc, expires_at = excluded.expires_at")
                .bind("etag", archive.value())
                .bind("entry", entry)
                .bind("position", progress.position())
                .bind("crc", progress.crc())
                .bind("expires", until.toEpochMilli())
                .execute());
    }

    @Override
    public Optional<ArchiveRecords.EntryProgress> progress(Etag archive, long entry) {
        return database.read(handle -> handle.createQuery(
                        "SELECT position, crc FROM archive_progress WHERE etag = :etag AND entry = :entry")
                .bind("etag", archive.value())
                .bind("entry", entry)
                .map((row, context) -> new ArchiveRecords.EntryProgress(row.getLong("position"), row.getLong("crc")))
                .findOne());
    }

    @Override
    public boolean prune(Instant now) {
        return database.write(handle -> TABLES.stream()
                        .mapToInt(table -> prune(handle, table, now))
                        // All tables, not only the first with expired rows.
                        .max()
                        .orElse(0)
                == PRUNED);
    }

    private int prune(Handle handle, String table, Instant now) {
        String key = table.equals("shared_archive")
                ? "digest"
                : table.equals("archive_block") ? "etag, number" : "etag, entry";
        return handle.createUpdate("DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table
                        + " WHERE expires_at <= :now LIMIT " + PRUNED
                        + database.dialect().forUpdateSkipLocked() + ")")
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static Optional<ChecksumBlock> block(Handle handle, Etag archive, long block) {
        return handle.createQuery("SELECT checksums FROM archive_block WHERE etag = :etag AND number = :number")
                .bind("etag", archive.value())
                .bind("number", block)
                .mapTo(byte[].class)
                .map(ChecksumBlock::of)
                .findOne();
    }

    /** Neither keys nor prefixes contain line breaks. */
    private static String lines(List<?> texts) {
        return texts.stream().map(text -> text + "\n").collect(Collectors.joining());
    }

    private static ArchiveRecords.SharedArchive archive(ResultSet row) throws SQLException {
        ArchiveSelection selection = new ArchiveSelection(
                row.getString("prefixes").lines().map(KeyPrefix::new).toList(),
                row.getString("keys").lines().map(ObjectKey::new).toList(),
                new KeyPrefix(row.getString("strip_prefix")));
        return new ArchiveRecords.SharedArchive(
                row.getString("digest"),
                Optional.of(row.getString("owner")).filter(owner -> !owner.isEmpty()),
                selection,
                row.getString("name"),
                new Etag(row.getString("etag")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
