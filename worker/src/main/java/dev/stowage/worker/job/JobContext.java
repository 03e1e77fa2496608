package dev.stowage.worker.job;

import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.job.Fence;
import dev.stowage.core.job.JobLimits;
import dev.stowage.core.observe.Observer;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.service.Principals;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The dependencies of work on jobs.
 *
 * @param limits of each owner of jobs
 * @param observer sees the batches
 * @param lease gives a fence for each piece of work, taken before anything is claimed; it closes when other processes may take over the claims
 */
public record JobContext(
        BatchJobs jobs,
        ObjectStore store,
        JobOperations operations,
        Principals principals,
        JobLimits limits,
        Observer observer,
        Supplier<Fence> lease,
        InstantSource clock) {}
