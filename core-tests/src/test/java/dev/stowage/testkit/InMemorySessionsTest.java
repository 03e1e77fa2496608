package dev.stowage.testkit;

import dev.stowage.core.port.records.UploadSessions;

final class InMemorySessionsTest extends UploadSessionsContract {

    @Override
    protected UploadSessions open() {
        return new InMemorySessions();
    }
}
