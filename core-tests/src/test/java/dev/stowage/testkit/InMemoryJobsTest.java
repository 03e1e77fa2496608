package dev.stowage.testkit;

import dev.stowage.core.multipart.ProcessId;

final class InMemoryJobsTest extends BatchJobsContract {

    private final InMemoryJobs memory = new InMemoryJobs();
    private final InMemoryLeases leases = new InMemoryLeases(new ProcessId("first"));

    @Override
    protected Member as(ProcessId process) {
        InMemoryLeases its = leases.as(process);
        return new Member(memory.as(process, its), its);
    }
}
