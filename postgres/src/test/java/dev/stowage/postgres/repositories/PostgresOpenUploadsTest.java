package dev.stowage.postgres.repositories;

import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.testkit.OpenUploadsContract;

final class PostgresOpenUploadsTest extends OpenUploadsContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected UploadSessions open() {
        return nodes.open().sessions();
    }

    @Override
    protected UploadSessions member() {
        return open();
    }

    @Override
    protected void close() {
        nodes.close();
    }
}
