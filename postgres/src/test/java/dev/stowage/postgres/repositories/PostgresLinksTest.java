package dev.stowage.postgres.repositories;

import dev.stowage.core.port.records.LinkRecords;
import dev.stowage.testkit.LinkRecordsContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresLinksTest extends LinkRecordsContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected LinkRecords open() {
        return nodes.open().links();
    }

    @Override
    protected LinkRecords reopen() {
        return open();
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
