package dev.stowage.testkit;

import dev.stowage.core.multipart.ProcessId;

final class InMemoryUsageTest extends ProjectUsageContract {

    private final InMemoryUsage memory = new InMemoryUsage();
    private final InMemoryLeases leases = new InMemoryLeases(new ProcessId("first"));

    @Override
    protected Member as(ProcessId process) {
        InMemoryLeases its = leases.as(process);
        return new Member(memory.as(process, its), its);
    }
}
