package dev.stowage.testkit.postgres;

/** Migrates a database as later versions of the service would, for tests of rolling upgrades. */
public final class NewerSchema {

    private NewerSchema() {}

    /**
     * Adds columns, a table and an index; nodes of this version still run on the schema.
     *
     * @param url the URL of a database of the server that has the tables of this version
     */
    public static void expand(PostgresServer server, String url) {
        run(server, url, "expand");
    }

    /** Raises the floor and removes a column; nodes of this version no longer run on the schema. */
    public static void contract(PostgresServer server, String url) {
        run(server, url, "contract");
    }

    private static void run(PostgresServer server, String url, String name) {
        server.execute(
                url.substring(url.lastIndexOf('/') + 1),
                PostgresServer.script(name + ".sql"),
                "INSERT INTO schema_history SELECT max(installed_rank) + 1, max(CAST(version AS INTEGER)) + 1, '" + name
                        + "', 'SQL', '" + name + ".sql', 1, 'postgres', now(), 1, true FROM schema_history");
    }
}
