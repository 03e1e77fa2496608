package dev.stowage.testkit;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;

final class InMemoryLeasesTest extends LeasesContract {

    private final InMemoryLeases board = new InMemoryLeases(new ProcessId("board"));

    @Override
    protected Leases open(ProcessId process) {
        return board.as(process);
    }
}
