package dev.stowage.repositories;

import dev.stowage.core.port.records.Leases;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The rows of claims; each method runs within the caller's transaction. */
final class ClaimTable {

    /** What is claimed. */
    enum Kind {
        /** Some of the items. */
        ITEMS(0),
        /** Reading the source. */
        SOURCE(1),
        /** All items together. */
        WHOLE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static Kind of(int code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code == code)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static final String COLUMNS = "number, job, kind, first, last";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM job_claim WHERE ";
    private static final String DELETE = "DELETE FROM job_claim WHERE number = :number RETURNING " + COLUMNS;
    private static final String GIVE_BACK =
            "UPDATE job_item SET state = 1, due_at = :now, claim = NULL, attempts = attempts + :attempts WHERE ";

    private final String selectForUpdate;
    private final String lockJobs;

    ClaimTable(SqlDialect dialect) {
        selectForUpdate = SELECT + "number = :number" + dialect.forUpdate();
        lockJobs = "SELECT number FROM batch_job WHERE number IN " + dialect.numbers("jobs") + " ORDER BY number"
                + dialect.forUpdate();
    }

    /** A claim, locked. */
    Optional<ClaimRow> lock(Handle handle, long number) {
        return rows(handle.createQuery(selectForUpdate).bind("number", number)).stream()
                .findFirst();
    }

    /** Locks the jobs of claims, which other processes may end at the same time. */
    void lockJobs(Handle handle, List<ClaimRow> claims) {
        if (claims.isEmpty()) {
            return;
        }
        List<Long> unused = handle.createQuery(lockJobs)
                .bind(
                        "jobs",
                        claims.stream().map(ClaimRow::job).distinct().toList().toString())
                .mapTo(Long.class)
                .list();
    }

    /**
     * A claim.
     *
     * @param first of a range of items; after {@code last} when the items refer to the claim instead
     */
    record ClaimRow(long number, long job, Kind kind, long first, long last) {

        boolean isRange() {
            return first <= last;
        }
    }

    static ClaimRow insert(Handle handle, long job, String process, Kind kind, long first, long last) {
        long number = handle.createQuery("INSERT INTO job_claim (job, process, kind, first, last)"
                        + " VALUES (:job, :process, :kind, :first, :last) RETURNING number")
                .bind("job", job)
                .bind("process", process)
                .bind("kind", kind.code)
                .bind("first", first)
                .bind("last", last)
                .mapTo(Long.class)
                .one();
        return new ClaimRow(number, job, kind, first, last);
    }

    static Optional<ClaimRow> find(Handle handle, long number) {
        return rows(handle.createQuery(SELECT + "number = :number").bind("number", number)).stream()
                .findFirst();
    }

    /** Claims that count towards the concurrency of a job: those of this process, and of processes with a recent heartbeat. */
    static int countItems(Handle handle, long job, String process, Instant now) {
        return handle.createQuery("SELECT count(*) FROM job_claim WHERE job = :job AND kind = 0 AND (process = :process"
                        + " OR process IN (SELECT id FROM process WHERE alive_until > :now AND heard_at >= :heard))")
                .bind("job", job)
                .bind("process", process)
                .bind("now", now.toEpochMilli())
                .bind("heard", now.minus(Leases.QUIET).toEpochMilli())
                .mapTo(Integer.class)
                .one();
    }

    /** Whether a live process has claims of a kind. */
    static boolean isHeld(Handle handle, long job, Kind kind, Instant now) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM job_claim WHERE job = :job AND kind = :kind"
                        + " AND process IN (SELECT id FROM process WHERE alive_until > :now))")
                .bind("job", job)
                .bind("kind", kind.code)
                .bind("now", now.toEpochMilli())
                .mapTo(Boolean.class)
                .one();
    }

    /** Claims on a job. */
    static List<ClaimRow> of(Handle handle, long job, Kind kind) {
        return rows(handle.createQuery(SELECT + "job = :job AND kind = :kind")
                .bind("job", job)
                .bind("kind", kind.code));
    }

    /** Claims of processes whose lease has expired. */
    static List<ClaimRow> ofDeadProcesses(Handle handle, Instant now, int max) {
        return rows(handle.createQuery(
                        SELECT + "process NOT IN (SELECT id FROM process WHERE alive_until > :now) LIMIT :max")
                .bind("now", now.toEpochMilli())
                .bind("max", max));
    }

    /** Claims of a process on jobs other than those with these ids. */
    static List<ClaimRow> leftBehind(Handle handle, String process, Set<String> atWork) {
        List<Owned> all = handle.createQuery("SELECT c.number, j.id FROM job_claim c JOIN batch_job j"
                        + " ON j.number = c.job WHERE c.process = :process")
                .bind("process", process)
                .map((row, context) -> new Owned(row.getLong("number"), row.getString("id")))
                .list();
        return all.stream()
                .filter(claim -> !atWork.contains(claim.job()))
                .flatMap(claim -> find(handle, claim.number()).stream())
                .toList();
    }

    private record Owned(long number, String job) {}

    /** Ends a claim, whose job is locked; its items without a result become due at once. Returns whether there was one. */
    static boolean end(Handle handle, long number, boolean attempted, Instant now) {
        Optional<ClaimRow> ended =
                rows(handle.createQuery(DELETE).bind("number", number)).stream().findFirst();
        ended.ifPresent(claim -> {
            switch (claim.kind()) {
                case SOURCE -> {}
                case WHOLE -> {
                    int unused = handle.execute(
                            "UPDATE batch_job SET interrupted = 1 WHERE number = ? AND finished_at IS NULL",
                            claim.job());
                }
                case ITEMS -> giveBack(handle, claim, attempted, now);
            }
        });
        return ended.isPresent();
    }

    private static void giveBack(Handle handle, ClaimRow claim, boolean attempted, Instant now) {
        Update update = claim.isRange()
                ? handle.createUpdate(GIVE_BACK + "job = :job AND number BETWEEN :first AND :last AND state = 0")
                        .bind("job", claim.job())
                        .bind("first", claim.first())
                        .bind("last", claim.last())
                : handle.createUpdate(GIVE_BACK + "claim = :claim AND state = 2")
                        .bind("claim", claim.number());
        int unused = update.bind("now", now.toEpochMilli())
                .bind("attempts", attempted ? 1 : 0)
                .execute();
    }

    private static List<ClaimRow> rows(Query query) {
        return query.map((row, context) -> new ClaimRow(
                        row.getLong("number"),
                        row.getLong("job"),
                        Kind.of(row.getInt("kind")),
                        row.getLong("first"),
                        row.getLong("last")))
                .list();
    }
}
