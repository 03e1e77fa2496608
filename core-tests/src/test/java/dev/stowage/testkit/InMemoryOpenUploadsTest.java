package dev.stowage.testkit;

import dev.stowage.core.port.records.UploadSessions;

final class InMemoryOpenUploadsTest extends OpenUploadsContract {

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
