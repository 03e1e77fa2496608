package dev.stowage.worker.job;

/** A piece of work on a job. */
@FunctionalInterface
interface JobWork {

    /** Runs until it is done, or was stopped and has reached a safe point. */
    void run(StopSignal stop);
}
