package dev.stowage.repositories;

import dev.stowage.core.job.NewItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The keys found in the manifests of jobs, while these are read; each method runs within the caller's transaction. */
final class JobKeyTable {

    /** Long enough to make collisions within a job practically impossible. */
    private static final int DIGEST_BYTES = 16;

    private final String insert;

    JobKeyTable(SqlDialect dialect) {
        insert = "INSERT INTO job_key (job, digest) SELECT :job, " + dialect.unhex("digest") + " FROM "
                + dialect.rows("rows", "digest TEXT") + " v WHERE true ON CONFLICT DO NOTHING RETURNING digest";
    }

    /** Records the keys of items; returns the items that the job does not have yet, and all that have failed. */
    List<NewItem> insert(Handle handle, long job, List<NewItem> items) {
        List<String> digests = items.stream()
                .filter(item -> item.failure().isEmpty())
                .map(item -> digest(item.key()))
                .toList();
        if (digests.isEmpty()) {
            return items;
        }
        Set<String> added = new HashSet<>(handle.createQuery(insert)
                .bind("job", job)
                .bind(
                        "rows",
                        RowSet.of(digests, (row, digest) -> row.set("digest", digest))
                                .json())
                .map((row, context) -> HexFormat.of().formatHex(row.getBytes("digest")))
                .list());
        return items.stream()
                // Of items with the same key, the first one is removed from the set, and the others are left out.
                .filter(item -> item.failure().isPresent() || added.remove(digest(item.key())))
                .toList();
    }

    /** A job that has read all of its manifest and still has rows here. */
    static Optional<Long> anyDone(Handle handle) {
        return handle.createQuery("SELECT number FROM batch_job WHERE total_final = 1 AND source_kind = 'MANIFEST'"
                        + " AND EXISTS (SELECT 1 FROM job_key WHERE job = number) LIMIT 1")
                .mapTo(Long.class)
                .findFirst();
    }

    /** Deletes up to {@code max} rows of a job; returns how many. */
    static int delete(Handle handle, long job, int max) {
        return handle.execute(
                "DELETE FROM job_key WHERE job = ? AND digest IN (SELECT digest FROM job_key WHERE job = ? LIMIT ?)",
                job,
                job,
                max);
    }

    private static String digest(String key) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
