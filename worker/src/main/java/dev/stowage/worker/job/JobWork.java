package dev.stowage.worker.job;

/** A piece of work on a job. */
@FunctionalInterface
interface JobWork {

    /** Does it, until it is done, or stopped and at a point where it can be left. */
    void run(StopSignal stop);
}
