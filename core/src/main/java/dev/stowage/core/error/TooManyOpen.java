package dev.stowage.core.error;

import java.util.Map;

/** The principal has reached a limit of concurrent work. Nothing was started; the request can be repeated once some work has ended. */
public final class TooManyOpen extends StorageException {

    private static final String OPEN_JOB_ITEMS = "max_open_job_items";

    private TooManyOpen(String message, String field, long limit) {
        super(ErrorCode.TOO_MANY_REQUESTS, message, Map.of(field, limit), null);
    }

    /** @param limit the maximum number of unfinished jobs of one principal */
    public static TooManyOpen jobs(int limit) {
        return new TooManyOpen(
                "You have " + limit
                        + " unfinished jobs, which is the limit; wait for some of them or cancel them, and try again",
                "max_open_jobs",
                limit);
    }

    /** @param limit the maximum number of schedules of one principal */
    public static TooManyOpen schedules(int limit) {
        return new TooManyOpen(
                "You have " + limit + " schedules, which is the limit; delete some of them, and try again",
                "max_schedules",
                limit);
    }

    /** @param limit the maximum number of webhooks of one principal */
    public static TooManyOpen webhooks(int limit) {
        return new TooManyOpen(
                "You have " + limit + " webhooks, which is the limit; delete some of them, and try again",
                "max_webhooks",
                limit);
    }

    /** @param limit the maximum number of open uploads of one principal */
    public static TooManyOpen uploads(int limit) {
        return new TooManyOpen(
                "You have " + limit
                        + " open uploads, which is the limit; complete or abort some of them, and try again."
                        + " GET /api/v1/s3/multipart/list lists them, except partial uploads of tus",
                "max_open_uploads",
                limit);
    }

    /** @param limit the maximum number of items in all unfinished jobs of one principal, which a new job would exceed */
    public static TooManyOpen jobItems(long limit) {
        return new TooManyOpen(
                "Your unfinished jobs may have " + limit
                        + " files together, and this job exceeds that; wait for some of the jobs or cancel them, and try again,"
                        + " or submit a job on fewer files",
                OPEN_JOB_ITEMS,
                limit);
    }

    /** @param limit the same limit, which the enumeration of a running job has exceeded */
    public static TooManyOpen foundItems(long limit) {
        return new TooManyOpen(
                "Your unfinished jobs may have " + limit
                        + " files together, and this job found more; its results so far are kept. Wait for other jobs or cancel them,"
                        + " then retry this one, which continues where it stopped; or submit jobs on parts of its source",
                OPEN_JOB_ITEMS,
                limit);
    }

    /** @param limit the maximum number of archives of one principal that wait to be downloaded */
    public static TooManyOpen archives(int limit) {
        return new TooManyOpen(
                "You have requested " + limit
                        + " archives in the last hour, which is the limit; download those, or try again later",
                "max_archives",
                limit);
    }

    /** @param limit the maximum number of links of one principal */
    public static TooManyOpen links(int limit) {
        return new TooManyOpen(
                "You have " + limit + " links, which is the limit; revoke some of them, and try again in a month",
                "max_links",
                limit);
    }

    /** @param limit the maximum number of recorded Idempotency-Keys of one principal */
    public static TooManyOpen idempotencyKeys(int limit) {
        return new TooManyOpen(
                "The Idempotency-Keys of " + limit
                        + " of your jobs are kept, which is the limit; delete finished jobs, or"
                        + " submit without a key",
                "max_idempotency_keys",
                limit);
    }
}
