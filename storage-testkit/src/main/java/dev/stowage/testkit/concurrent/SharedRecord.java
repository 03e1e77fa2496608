package dev.stowage.testkit.concurrent;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.PrincipalStore;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.UploadSessions;
import java.util.Optional;

/** One database that several processes use at the same time; empty when it is opened. */
public interface SharedRecord extends AutoCloseable {

    /** The repositories of one process. */
    record Member(
            UploadSessions sessions,
            BatchJobs jobs,
            ApiKeys keys,
            PrincipalStore principals,
            ProjectUsage usage,
            Leases leases) {}

    /** Returns the database as seen by a process. Called once for each process. */
    Member as(ProcessId process);

    /** How often each race is run. More rounds find rarer defects; a database with slow commits has fewer. */
    default int rounds() {
        return 20;
    }

    /** Returns the means to lose the responses to commits. Empty when this database has none; the tests that need it are skipped then. */
    default Optional<CommitLoss> commitLoss() {
        return Optional.empty();
    }

    /** Releases all resources. */
    @Override
    void close();

    /** Ends the connection of a process while a commit is under way, so that the process can't know its outcome. */
    @FunctionalInterface
    interface CommitLoss {

        /**
         * Ends the connection with the next commit of any process.
         *
         * @param made whether the database makes the commit before the connection ends
         */
        void loseNextCommit(boolean made);
    }
}
