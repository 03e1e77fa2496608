package dev.stowage.postgres.repositories;

import dev.stowage.core.port.records.ApiKeys;
import dev.stowage.testkit.ApiKeysContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresKeysTest extends ApiKeysContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected ApiKeys open() {
        return nodes.open().keys();
    }

    @Override
    protected ApiKeys reopen() {
        return open();
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
