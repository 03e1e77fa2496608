package dev.stowage.repositories;

import dev.stowage.core.job.NewItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The keys found in the manifests of jobs, while these are read; each method runs within the caller's transaction. */
final class JobKeyTable {

    /** Long enough to make collisions within a job practically impossible. */
    private static final int DIGEST_BYTES = 16;

    private JobKeyTable() {}

    /** Records the keys of items; returns the items that the job does not have yet, and all that have failed. */
    static List<NewItem> insert(Handle handle, long job, List<NewItem> items) {
        List<NewItem> keyed =
                items.stream().filter(item -> item.failure().isEmpty()).toList();
        if (keyed.isEmpty()) {
            return items;
        }
        int[] added;
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO job_key (job, digest) VALUES (:job, :digest) ON CONFLICT DO NOTHING")) {
            for (NewItem item : keyed) {
                PreparedBatch unused = batch.bind("job", job)
                        .bind("digest", digest(item.key()))
                        .add();
            }
            added = batch.execute();
        }
        List<NewItem> fresh = new ArrayList<>();
        int next = 0;
        for (NewItem item : items) {
            if (item.failure().isPresent() || added[next++] > 0) {
                fresh.add(item);
            }
        }
        return fresh;
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

    private static byte[] digest(String key) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(whole, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
