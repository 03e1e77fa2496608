package dev.stowage.it.store;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.ProcessLeases;
import dev.stowage.it.service.RunningService;
import dev.stowage.it.service.ServiceProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A kind of store with the service running on it. Shared by all tests on that store, so each test uses its own keys. */
public interface Stand extends AutoCloseable {

    /** The service that all tests share. */
    RunningService service();

    /** The service's working directory. */
    Path folder();

    /** A client of it. */
    Api api();

    /** The service's name for its bucket. */
    String bucket();

    /** Whether the ETag of a file that was stored by one request is its MD5. */
    boolean tagsAreDigests();

    /** Whether the bytes and the ETag of a download are of one version, even when the file is overwritten at the same time. */
    boolean readsOneVersion();

    /** The settings of a service in a folder. Services in the same folder share their database; those in another have their own. */
    Map<String, String> settings(Path folder);

    /** The URL of the PostgreSQL database of the services in a folder; empty where they have a file there. */
    Optional<String> database(Path folder);

    /** The leases of the services in a folder. */
    default ProcessLeases leases(Path folder) {
        return database(folder).map(ProcessLeases::in).orElseGet(() -> ProcessLeases.inFileOf(folder));
    }

    /** A client of the store itself; empty for the embedded one, which can't be accessed without the service. */
    Optional<OutsideClient> outside();

    /** The possible statuses of an unconditional {@code PUT} of a new file: not every store says that it is new. */
    Set<Integer> newFileStatuses();

    /** Another process of the service on the same store, for tests that end it. The caller closes it. */
    default ServiceProcess another(Path folder, Map<String, String> more, List<String> jvm) {
        return ServiceProcess.start(folder, settings(folder, more), jvm);
    }

    /** Another service on the same store, in the process that services share. The caller closes it. */
    default RunningService another(Path folder, Map<String, String> more) {
        return HostedService.start(folder, settings(folder, more));
    }

    private Map<String, String> settings(Path folder, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings(folder));
        all.putAll(more);
        return all;
    }

    /**
     * The open uploads in the store.
     *
     * @param folder of the process whose store it is, for the embedded store
     */
    default OpenUploads openUploads(Path folder) {
        return outside().map(OpenUploads::of).orElseGet(() -> OpenUploads.embedded(folder));
    }

    @Override
    void close();
}
