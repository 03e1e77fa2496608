package dev.stowage.core.job;

/**
 * The request of a job.
 *
 * @param operation the name of the operation on each file
 */
public record JobSpec(String operation, JobSource source, JobTarget target, JobOptions options) {

    /** Returns the same request with another target. */
    public JobSpec withTarget(JobTarget other) {
        return new JobSpec(operation, source, other, options);
    }

    /** Returns the request as it is recorded. */
    public JobSpec abridged() {
        return source instanceof JobSource.Keys keys ? new JobSpec(operation, keys.abridged(), target, options) : this;
    }
}
