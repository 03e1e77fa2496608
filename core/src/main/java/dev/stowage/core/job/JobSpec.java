package dev.stowage.core.job;

import java.util.Optional;

/**
 * What a job is to do.
 *
 * @param operation the name of the operation
 * @param filter selects files of the source; empty for all
 * @param importFrom the store that the source is in, for an import; empty for the store of the service
 */
public record JobSpec(
        String operation,
        JobSource source,
        Optional<SourceFilter> filter,
        Optional<ImportFrom> importFrom,
        JobTarget target,
        JobOptions options) {

    /** A job on all files of its source. */
    public JobSpec(String operation, JobSource source, JobTarget target, JobOptions options) {
        this(operation, source, Optional.empty(), target, options);
    }

    /** A job on files of the service that {@code filter} selects. */
    public JobSpec(
            String operation, JobSource source, Optional<SourceFilter> filter, JobTarget target, JobOptions options) {
        this(operation, source, filter, Optional.empty(), target, options);
    }

    /** Returns the same job on files that {@code selection} selects. */
    public JobSpec filtered(Optional<SourceFilter> selection) {
        return new JobSpec(operation, source, selection, importFrom, target, options);
    }

    /** Returns the same job on files of an import source. */
    public JobSpec from(Optional<ImportFrom> store) {
        return new JobSpec(operation, source, filter, store, target, options);
    }

    /** Returns the same job with another source. */
    public JobSpec withSource(JobSource other) {
        return new JobSpec(operation, other, filter, importFrom, target, options);
    }

    /** Returns the same job with another target. */
    public JobSpec withTarget(JobTarget other) {
        return new JobSpec(operation, source, filter, importFrom, other, options);
    }

    /** Returns the job as it is recorded: of a list of keys, only the first ones. */
    public JobSpec abridged() {
        return source instanceof JobSource.Keys keys ? withSource(keys.abridged()) : this;
    }
}
