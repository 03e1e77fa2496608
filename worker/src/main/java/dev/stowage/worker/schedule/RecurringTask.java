package dev.stowage.worker.schedule;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that runs again and again. After a failure the pause doubles, up to an hour or the usual pause, whichever is longer; after
 * a success the usual pause applies. It ends with the scheduler.
 */
public final class RecurringTask {

    private static final Logger LOG = LoggerFactory.getLogger(RecurringTask.class);
    private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);

    private final String name;
    private final Runnable work;
    private final Duration interval;
    private final Scheduler scheduler;
    private Duration pause;

    /**
     * @param name what the task does, for the log
     * @param interval the usual pause between the end of a run and the next run
     */
    public RecurringTask(String name, Runnable work, Duration interval, Scheduler scheduler) {
        this.name = name;
        this.work = work;
        this.interval = interval;
        this.scheduler = scheduler;
        this.pause = interval;
    }

    public void start(Duration firstDelay) {
        scheduler.after(firstDelay, this::run);
    }

    private void run() {
        try {
            work.run();
            pause = interval;
        } catch (RuntimeException | Error e) {
            if (Thread.currentThread().isInterrupted()) {
                return; // stopped, which is not a failure
            }
            pause = increasedDelay();
            BackgroundLog.log(LOG.atWarn(), e, "{} failed; the next attempt is in {} s", name, pause.toSeconds());
        }
        scheduler.after(pause, this::run);
    }

    private Duration increasedDelay() {
        Duration limit = interval.compareTo(LONGEST_BACKOFF) > 0 ? interval : LONGEST_BACKOFF;
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(limit) > 0 ? limit : doubled;
    }
}
