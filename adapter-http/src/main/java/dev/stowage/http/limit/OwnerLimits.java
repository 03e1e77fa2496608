package dev.stowage.http.limit;

import dev.stowage.core.config.Settings;
import dev.stowage.core.job.JobLimits;

/**
 * What one principal may have at a time, so that nobody takes up what others need. All callers without credentials count as one.
 *
 * @param openUploads that clients go on with: multipart, tus, draft and Companion uploads together
 * @param jobs on record
 * @param eventStreams of jobs that are followed, in this process: 1 to {@link #ALL_STREAMS}
 */
public record OwnerLimits(int openUploads, JobLimits jobs, int eventStreams) {

    /** How many event streams a process has for all principals. */
    public static final int ALL_STREAMS = 64;

    /** Without settings. */
    public static final OwnerLimits DEFAULT = new OwnerLimits(10_000, JobLimits.DEFAULT, ALL_STREAMS / 2);

    /** Reads {@code MAX_OPEN_UPLOADS}, {@code MAX_EVENT_STREAMS} and what {@link JobLimits#from} reads. */
    public static OwnerLimits from(Settings settings) {
        return new OwnerLimits(
                settings.number("MAX_OPEN_UPLOADS", DEFAULT.openUploads(), 1, 1_000_000),
                JobLimits.from(settings),
                settings.number("MAX_EVENT_STREAMS", DEFAULT.eventStreams(), 1, ALL_STREAMS));
    }
}
