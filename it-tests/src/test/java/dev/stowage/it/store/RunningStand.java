package dev.stowage.it.store;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.HostedService;
import dev.stowage.it.service.RunningService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store, and the service on it. */
final class RunningStand implements Stand {

    private final Backend backend;
    private final Path folder;
    private final RunningService service;
    private final Api api;
    private final Optional<OutsideClient> outside;

    private RunningStand(Backend backend, Path folder, RunningService service) {
        this.backend = backend;
        this.folder = folder;
        this.service = service;
        this.api = new Api(service.address());
        this.outside = backend.outside();
    }

    static RunningStand start(Backend backend) {
        Path folder = Folders.create();
        try {
            return new RunningStand(backend, folder, HostedService.start(folder, settings(backend, folder)));
        } catch (RuntimeException e) {
            backend.close();
            Folders.delete(folder);
            throw e;
        }
    }

    @Override
    public RunningService service() {
        return service;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Api api() {
        return api;
    }

    @Override
    public String bucket() {
        return backend.bucket();
    }

    @Override
    public Set<Integer> newFileStatuses() {
        return backend.newFileStatuses();
    }

    @Override
    public boolean tagsAreDigests() {
        return backend.tagsAreDigests();
    }

    @Override
    public boolean readsOneVersion() {
        return backend.readsOneVersion();
    }

    @Override
    public Map<String, String> settings(Path folder) {
        return settings(backend, folder);
    }

    @Override
    public Optional<String> database(Path folder) {
        return backend.database(folder);
    }

    @Override
    public Optional<OutsideClient> outside() {
        return outside;
    }

    @Override
    public void close() {
        service.close();
        outside.ifPresent(OutsideClient::close);
        backend.close();
        Folders.delete(folder);
    }

    private static Map<String, String> settings(Backend backend, Path folder) {
        Map<String, String> settings = new HashMap<>(backend.settings());
        backend.database(folder).ifPresent(url -> {
            settings.put("DATABASE_URL", url);
            // The server does not ask for it, but the service must not print it.
            settings.put("DATABASE_PASSWORD", "as-good-as-a-secret");
        });
        return settings;
    }
}
