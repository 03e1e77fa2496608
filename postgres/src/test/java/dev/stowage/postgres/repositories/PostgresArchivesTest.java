package dev.stowage.postgres.repositories;

import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.testkit.ArchiveRecordsContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresArchivesTest extends ArchiveRecordsContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected ArchiveRecords open() {
        return nodes.open().archives();
    }

    @Override
    protected ArchiveRecords reopen() {
        return open();
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
