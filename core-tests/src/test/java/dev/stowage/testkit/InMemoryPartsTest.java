package dev.stowage.testkit;

import dev.stowage.core.port.records.UploadSessions;

final class InMemoryPartsTest extends UploadPartsContract {

    private final InMemorySessions sessions = new InMemorySessions();

    @Override
    protected UploadSessions open() {
        return sessions;
    }

    @Override
    protected UploadSessions member() {
        return sessions;
    }
}
