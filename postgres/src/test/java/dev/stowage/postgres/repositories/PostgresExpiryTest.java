package dev.stowage.postgres.repositories;

import dev.stowage.repositories.Repositories;
import dev.stowage.testkit.ExpiryRecordsContract;
import org.junit.jupiter.api.AfterEach;

final class PostgresExpiryTest extends ExpiryRecordsContract {

    private final Nodes nodes = new Nodes();

    @Override
    protected Member open() {
        Repositories repositories = nodes.open();
        return new Member(repositories.expiry(), repositories.events());
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
