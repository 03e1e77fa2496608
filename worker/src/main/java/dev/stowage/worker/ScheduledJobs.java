package dev.stowage.worker;

import dev.stowage.core.batch.ScheduledRuns;
import dev.stowage.core.port.records.Leases;
import dev.stowage.worker.schedule.LeasedTask;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits the jobs of schedules that are due, in one process at a time. Asks for nothing but due schedules while there are none. */
final class ScheduledJobs {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledJobs.class);

    private final ScheduledRuns runs;
    private final LeasedTask task;

    ScheduledJobs(ScheduledRuns runs, Leases leases, InstantSource clock) {
        this.runs = runs;
        this.task = new LeasedTask("schedules", this::submitDue, leases, clock);
    }

    void submit() {
        if (runs.isDue()) {
            task.run();
        }
    }

    private void submitDue() {
        int submitted = runs.submitDue();
        if (submitted > 0) {
            LOG.atInfo().addKeyValue("jobs", submitted).log("Submitted scheduled jobs");
        }
    }
}
