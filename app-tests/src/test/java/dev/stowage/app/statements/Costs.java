package dev.stowage.app.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What an operation costs.
 *
 * @param postgres the statements on PostgreSQL
 * @param sqlite the statements on SQLite
 * @param commits the transactions that change something, on each of them
 */
record Costs(int postgres, int sqlite, int commits) {

    /**
     * Asserts what an operation costs.
     *
     * @param folder an empty one, for SQLite
     * @param prepared prepares a new node, and returns the operation
     */
    static void assertCosts(Path folder, Costs expected, Function<CountedNode, Runnable> prepared) {
        try (CountedNode postgres = CountedNode.onPostgres();
                CountedNode sqlite = CountedNode.onSqlite(folder)) {
            Runnable onPostgres = prepared.apply(postgres);
            Runnable onSqlite = prepared.apply(sqlite);
            int postgresCommits = postgres.commits();
            int sqliteCommits = sqlite.commits();
            List<String> postgresStatements = postgres.statements(onPostgres);
            List<String> sqliteStatements = sqlite.statements(onSqlite);

            assertThat(new Costs(
                            postgresStatements.size(), sqliteStatements.size(), postgres.commits() - postgresCommits))
                    .as("%s%n%n%s", String.join("\n", postgresStatements), String.join("\n", sqliteStatements))
                    .isEqualTo(expected);
            assertThat(sqlite.commits() - sqliteCommits).isEqualTo(expected.commits());
        }
    }
}
