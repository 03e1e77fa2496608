package dev.stowage.postgres.repositories;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.BatchJobsContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresJobsTest extends BatchJobsContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected Member as(ProcessId process) {
        Repositories node = nodes.open(process);
        return new Member(node.jobs(), node.leases());
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
