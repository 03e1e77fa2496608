package dev.stowage.testkit;

import dev.stowage.core.port.records.UploadSessions;

final class InMemoryResumablesTest extends ResumableUploadsContract {

    @Override
    protected UploadSessions open() {
        return new InMemorySessions();
    }
}
