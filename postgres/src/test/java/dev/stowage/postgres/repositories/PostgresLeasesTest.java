package dev.stowage.postgres.repositories;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.port.records.Leases;
import dev.stowage.testkit.LeasesContract;

final class PostgresLeasesTest extends LeasesContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected Leases open(ProcessId process) {
        return nodes.open(process).leases();
    }

    @Override
    protected void close() {
        nodes.close();
    }
}
