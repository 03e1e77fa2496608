package dev.stowage.postgres.repositories;

import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.testkit.UploadSessionsContract;

final class PostgresSessionsTest extends UploadSessionsContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected UploadSessions open() {
        return nodes.open().sessions();
    }

    @Override
    protected UploadSessions reopen() {
        return open();
    }

    @Override
    protected void close() {
        nodes.close();
    }
}
