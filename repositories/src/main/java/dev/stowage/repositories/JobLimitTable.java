package dev.stowage.repositories;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.job.JobLimits;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The numbers of an owner's jobs and items, counted in indexes; each method runs within the caller's transaction. */
final class JobLimitTable {

    static final String OPEN =
            "SELECT count(*) FROM batch_job WHERE coalesce(owner, '') = :owner AND finished_at IS NULL";
    static final String KEYED =
            "SELECT count(*) FROM batch_job WHERE coalesce(owner, '') = :owner AND idempotency_key IS NOT NULL";

    static final String ITEMS =
            "SELECT coalesce(sum(total), 0) FROM batch_job WHERE coalesce(owner, '') = :owner AND finished_at IS NULL";

    private JobLimitTable() {}

    /** Locks the counts of an owner, which the checks compare. */
    static void lock(Handle handle, SqlDialect dialect, Optional<String> owner) {
        dialect.lock(handle, List.of("jobs of " + owner.orElse("")));
    }

    /** @throws TooManyOpen when the owner can't have one more open job */
    static void checkOpen(Handle handle, Optional<String> owner, JobLimits limits) {
        if (count(handle, OPEN, owner) >= limits.openJobs()) {
            throw TooManyOpen.jobs(limits.openJobs());
        }
    }

    /** @throws TooManyOpen when the owner can't have one more idempotency key */
    static void checkKeys(Handle handle, Optional<String> owner, JobLimits limits) {
        if (count(handle, KEYED, owner) >= limits.idempotencyKeys()) {
            throw TooManyOpen.idempotencyKeys(limits.idempotencyKeys());
        }
    }

    /** @throws TooManyOpen when the owner can't have so many more items */
    static void checkItems(Handle handle, Optional<String> owner, long more, JobLimits limits) {
        if (items(handle, owner) + more > limits.openItems()) {
            throw TooManyOpen.jobItems(limits.openItems());
        }
    }

    /** @throws TooManyOpen when the owner can't have so many items more, found by a job */
    static void checkFound(Handle handle, Optional<String> owner, long more, JobLimits limits) {
        if (more > 0 && items(handle, owner) + more > limits.openItems()) {
            throw TooManyOpen.foundItems(limits.openItems());
        }
    }

    private static long items(Handle handle, Optional<String> owner) {
        return handle.createQuery(ITEMS)
                .bind("owner", owner.orElse(""))
                .mapTo(Long.class)
                .one();
    }

    private static int count(Handle handle, String sql, Optional<String> owner) {
        return handle.createQuery(sql)
                .bind("owner", owner.orElse(""))
                .mapTo(Integer.class)
                .one();
    }
}
