package dev.stowage.testkit.concurrent;

import dev.stowage.core.access.Principal;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.PrincipalStore;
import dev.stowage.testkit.InMemoryJobs;
import dev.stowage.testkit.InMemoryKeys;
import dev.stowage.testkit.InMemoryLeases;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryUsage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A database in memory. */
public final class InMemoryRecord implements SharedRecord {

    private final InMemorySessions sessions = new InMemorySessions();
    private final InMemoryJobs jobs = new InMemoryJobs();
    private final InMemoryKeys keys = new InMemoryKeys();
    private final InMemoryUsage usage = new InMemoryUsage();
    private final InMemoryLeases leases = new InMemoryLeases(new ProcessId("first"));
    private final Map<String, Principal> known = new ConcurrentHashMap<>();

    @Override
    public Member as(ProcessId process) {
        InMemoryLeases its = leases.as(process);
        return new Member(sessions, jobs.as(process, its), keys, principals(), usage.as(process, its), its);
    }

    @Override
    public int rounds() {
        return 100;
    }

    @Override
    public void close() {
        // Memory needs no release.
    }

    private PrincipalStore principals() {
        return new PrincipalStore() {
            @Override
            public void note(Principal principal, Instant now) {
                known.put(principal.id().orElseThrow(), principal);
            }

            @Override
            public Optional<Principal> find(String id) {
                return Optional.ofNullable(known.get(id));
            }
        };
    }
}
