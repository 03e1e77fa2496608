package dev.stowage.testkit;

import dev.stowage.core.port.records.LinkRecords;

final class InMemoryLinksTest extends LinkRecordsContract {

    private final LinkRecords records = new InMemoryLinks();

    @Override
    protected LinkRecords open() {
        return records;
    }

    @Override
    protected LinkRecords reopen() {
        return records;
    }
}
