package dev.stowage.core.job;

/**
 * What a job was asked to do.
 *
 * @param operation the name of what is done to each file
 */
public record JobSpec(String operation, JobSource source, JobTarget target, JobOptions options) {

    /** The same with another target. */
    public JobSpec withTarget(JobTarget other) {
        return new JobSpec(operation, source, other, options);
    }

    /** As it goes on record. */
    public JobSpec abridged() {
        return source instanceof JobSource.Keys keys ? new JobSpec(operation, keys.abridged(), target, options) : this;
    }
}
