package dev.stowage.repositories;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.ChangeIntents;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.ExpiryRecords;
import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.LinkRecords;
import dev.stowage.core.port.records.PrincipalStore;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.port.records.WebhookRecords;
import java.util.Optional;
import java.util.function.Supplier;

/** The repositories of one process. Safe for concurrent use, alongside other processes with the same database. */
public final class Repositories {

    private final SqlDatabase database;
    private final ProcessId process;

    /** @param process the id of this process, new at each start */
    public Repositories(SqlDatabase database, ProcessId process) {
        this.database = database;
        this.process = process;
    }

    /** The upload sessions, whose events name no requests. */
    public UploadSessions sessions() {
        return sessions(Optional::empty);
    }

    /**
     * The upload sessions.
     *
     * @param requestId the id of the request that the calling thread handles, for the events of its changes; empty for none
     */
    public UploadSessions sessions(Supplier<Optional<String>> requestId) {
        return new SqlSessions(database, process, requestId);
    }

    /** The batch jobs. */
    public BatchJobs jobs() {
        return new SqlJobs(database, process);
    }

    /** The schedules of jobs. */
    public JobSchedules schedules() {
        return new SqlSchedules(database);
    }

    /** The API keys. */
    public ApiKeys keys() {
        return new SqlKeys(database);
    }

    /** The archives that are downloaded. */
    public ArchiveRecords archives() {
        return new SqlArchives(database);
    }

    /** The links to files and folders. */
    public LinkRecords links() {
        return new SqlLinks(database);
    }

    /** The principals authenticated by tokens. */
    public PrincipalStore principals() {
        return new SqlPrincipals(database);
    }

    /** The usage of projects, as counted by this process. */
    public ProjectUsage usage() {
        return new SqlUsage(database, process);
    }

    /** The rules by which files expire, and the files that may be due. */
    public ExpiryRecords expiry() {
        return new SqlExpiry(database);
    }

    /** The log of events. */
    public EventLog events() {
        return new SqlEvents(database);
    }

    /** The webhooks and their deliveries. */
    public WebhookRecords webhooks() {
        return new SqlWebhooks(database);
    }

    /** The intents to change objects, as recorded by this process. */
    public ChangeIntents changeIntents() {
        return new SqlChangeIntents(database, process);
    }

    /** The leases. */
    public Leases leases() {
        return new SqlLeases(database, process);
    }
}
