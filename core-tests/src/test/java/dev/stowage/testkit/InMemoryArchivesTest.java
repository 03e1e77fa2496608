package dev.stowage.testkit;

import dev.stowage.core.port.records.ArchiveRecords;

final class InMemoryArchivesTest extends ArchiveRecordsContract {

    private final ArchiveRecords records = new InMemoryArchives();

    @Override
    protected ArchiveRecords open() {
        return records;
    }

    @Override
    protected ArchiveRecords reopen() {
        return records;
    }
}
