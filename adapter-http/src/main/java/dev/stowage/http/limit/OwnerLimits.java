package dev.stowage.http.limit;

import dev.stowage.core.config.Settings;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.link.Links;

/**
 * The limits on what one principal may have open, so that it does not use up what others need. All callers without credentials count as one
 * principal.
 *
 * @param openUploads open uploads: multipart, tus, draft and Companion uploads together
 * @param schedules of jobs
 * @param webhooks subscriptions to events
 * @param jobs recorded jobs
 * @param links of files and folders
 * @param eventStreams open event streams of jobs in this process: 1 to {@link #ALL_STREAMS}
 */
public record OwnerLimits(
        int openUploads, int schedules, int webhooks, JobLimits jobs, Links.Limits links, int eventStreams) {

    /** The maximum number of event streams of all principals in a process. */
    public static final int ALL_STREAMS = 64;

    /** The limits without any settings. */
    public static final OwnerLimits DEFAULT =
            new OwnerLimits(10_000, 100, 100, JobLimits.DEFAULT, Links.Limits.DEFAULT, ALL_STREAMS / 2);

    /**
     * Reads {@code MAX_OPEN_UPLOADS}, {@code MAX_SCHEDULES}, {@code MAX_WEBHOOKS}, {@code MAX_EVENT_STREAMS} and the settings of {@link JobLimits#from} and
     * {@link Links.Limits#from}.
     */
    static OwnerLimits from(Settings settings) {
        return new OwnerLimits(
                settings.number("MAX_OPEN_UPLOADS", DEFAULT.openUploads(), 1, 1_000_000),
                settings.number("MAX_SCHEDULES", DEFAULT.schedules(), 1, 10_000),
                settings.number("MAX_WEBHOOKS", DEFAULT.webhooks(), 1, 10_000),
                JobLimits.from(settings),
                Links.Limits.from(settings),
                settings.number("MAX_EVENT_STREAMS", DEFAULT.eventStreams(), 1, ALL_STREAMS));
    }
}
