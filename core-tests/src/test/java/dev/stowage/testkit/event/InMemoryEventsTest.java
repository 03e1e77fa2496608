package dev.stowage.testkit.event;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.testkit.EventLogContract;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryLeases;

final class InMemoryEventsTest extends EventLogContract {

    private final InMemoryLeases leases = new InMemoryLeases(new ProcessId("first"));
    private final InMemoryEvents events = new InMemoryEvents();

    @Override
    protected Member as(ProcessId process) {
        InMemoryLeases its = leases.as(process);
        InMemoryEvents seen = events.as(process, its);
        return new Member(seen, seen, its);
    }
}
