package dev.stowage.worker.job;

import dev.stowage.core.operation.JobAccess;
import dev.stowage.core.operation.JobOperations;
import dev.stowage.core.port.BatchJobs;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Principals;
import java.time.InstantSource;

/** What the work on jobs needs. */
public record JobTools(
        BatchJobs jobs,
        ObjectStore store,
        JobOperations operations,
        JobAccess access,
        Principals principals,
        InstantSource clock) {}
