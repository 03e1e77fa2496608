package dev.stowage.postgres.repositories;

import dev.stowage.core.multipart.ProcessId;
import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.EventLogContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresEventsTest extends EventLogContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected Member as(ProcessId process) {
        Repositories node = nodes.open(process);
        return new Member(node.events(), node.changeIntents(), node.leases());
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
