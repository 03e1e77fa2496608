package dev.stowage.core.error;

import java.util.Map;

/** The principal has as many of something open as one may have at a time. Nothing was begun; it can be tried again once some have ended. */
public final class TooManyOpen extends StorageException {

    private static final String OPEN_JOB_ITEMS = "max_open_job_items";

    private TooManyOpen(String message, String field, long limit) {
        super(ErrorCode.TOO_MANY_REQUESTS, message, Map.of(field, limit), null);
    }

    /** @param limit the most jobs of one principal that have not finished */
    public static TooManyOpen jobs(int limit) {
        return new TooManyOpen(
                "You have " + limit
                        + " unfinished jobs, which is the limit; wait for some of them or cancel them, and try again",
                "max_open_jobs",
                limit);
    }

    /** @param limit the most open uploads of one principal */
    public static TooManyOpen uploads(int limit) {
        return new TooManyOpen(
                "You have " + limit
                        + " open uploads, which is the limit; complete or abort some of them, and try again."
                        + " GET /api/v1/s3/multipart/list lists them, except partial uploads of tus",
                "max_open_uploads",
                limit);
    }

    /** @param limit the most items of one principal's jobs that have not finished, of which there is no room for those of another job */
    public static TooManyOpen jobItems(long limit) {
        return new TooManyOpen(
                "Your unfinished jobs may have " + limit
                        + " files together, and this job exceeds that; wait for some of the jobs or cancel them, and try again,"
                        + " or submit a job on fewer files",
                OPEN_JOB_ITEMS,
                limit);
    }

    /** @param limit the same, where a job that is under way has found more items than there is room for */
    public static TooManyOpen foundItems(long limit) {
        return new TooManyOpen(
                "Your unfinished jobs may have " + limit
                        + " files together, and this job found more; its results so far are kept. Wait for other jobs or cancel them,"
                        + " then retry this one, which continues where it stopped; or submit jobs on parts of its source",
                OPEN_JOB_ITEMS,
                limit);
    }

    /** @param limit the most Idempotency-Keys of one principal's jobs that are kept */
    public static TooManyOpen idempotencyKeys(int limit) {
        return new TooManyOpen(
                "The Idempotency-Keys of " + limit
                        + " of your jobs are kept, which is the limit; delete finished jobs, or"
                        + " submit without a key",
                "max_idempotency_keys",
                limit);
    }
}
