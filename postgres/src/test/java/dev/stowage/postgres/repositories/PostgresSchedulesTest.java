package dev.stowage.postgres.repositories;

import dev.stowage.core.port.records.JobSchedules;
import dev.stowage.testkit.JobSchedulesContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresSchedulesTest extends JobSchedulesContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected JobSchedules open() {
        return nodes.open().schedules();
    }

    @Override
    protected JobSchedules reopen() {
        return open();
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
