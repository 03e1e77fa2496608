package dev.stowage.worker;

import dev.stowage.core.expiry.FileExpiry;
import dev.stowage.core.port.records.ExpiryRecords;
import dev.stowage.core.port.records.Leases;
import dev.stowage.worker.schedule.LeasedTask;
import dev.stowage.worker.schedule.RecurringTask;
import dev.stowage.worker.schedule.Scheduler;
import dev.stowage.worker.schedule.ThreadScheduler;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that have expired, and finds those that are older than their rules, in one process at a time, on a thread of its own. Asks
 * only what is due while there is nothing to do.
 */
final class ExpiryWork {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWork.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** As many pages of a scan as fill a list of due files. */
    private static final int PAGES = ExpiryRecords.MAX_DUE / ExpiryRecords.MAX_AT_ONCE;

    private ExpiryWork() {}

    /** Starts the work, which the returned scheduler runs until it is closed. */
    static Scheduler start(FileExpiry expiry, SweepCounts counts, Leases leases, InstantSource clock) {
        Scheduler scheduler = new ThreadScheduler("stowage-expiry");
        LeasedTask task = new LeasedTask("expiry", () -> run(expiry, counts), leases, clock);
        Runnable ifDue = () -> {
            if (expiry.isDue()) {
                task.run();
            }
        };
        new RecurringTask("Expiring files", ifDue, INTERVAL, scheduler).start(INTERVAL);
        return scheduler;
    }

    /** Until nothing is due. A large scan and many due files take turns. */
    private static void run(FileExpiry expiry, SweepCounts counts) {
        Totals totals = new Totals(counts);
        boolean more = true;
        try {
            while (more && !Thread.currentThread().isInterrupted()) {
                boolean due = expiry.expireDue(totals::add);
                more = scan(expiry) || due;
            }
        } finally {
            totals.log();
        }
    }

    /** Returns whether there was something to scan. */
    private static boolean scan(FileExpiry expiry) {
        int pages = 0;
        while (pages < PAGES && expiry.scanPage()) {
            pages++;
        }
        return pages > 0;
    }

    /** What a run has done. */
    private static final class Totals {

        private final SweepCounts counts;
        private int files;
        private long bytes;
        private int failed;

        Totals(SweepCounts counts) {
            this.counts = counts;
        }

        void add(FileExpiry.Expired expired) {
            counts.countExpiredFiles(expired);
            files += expired.files();
            bytes += expired.bytes();
            failed += expired.failed();
        }

        void log() {
            if (files > 0) {
                LOG.atInfo()
                        .addKeyValue("files", files)
                        .addKeyValue("bytes", bytes)
                        .log("Deleted expired files");
            }
            if (failed > 0) {
                LOG.atWarn()
                        .addKeyValue("files", failed)
                        .log(
                                "Expired files could not be deleted; the audit log says why, and they are tried again in an hour");
            }
        }
    }
}
