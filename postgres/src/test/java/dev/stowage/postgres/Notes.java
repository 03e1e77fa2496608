package dev.stowage.postgres;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A migrated database with one more table, for texts. */
final class Notes implements AutoCloseable {

    static final Retries FEW_RETRIES =
            new Retries(3, Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofMillis(80));

    private final String url;
    private final PostgresDatabase database;

    private Notes(String url, PostgresDatabase database) {
        this.url = url;
        this.database = database;
    }

    static Notes open() {
        String url = TestConfigs.migrated();
        PostgresDatabase database = PostgresDatabase.open(TestConfigs.of(url), FEW_RETRIES);
        database.write(handle ->
                handle.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT COLLATE \"C\", flag SMALLINT)"));
        return new Notes(url, database);
    }

    String url() {
        return url;
    }

    PostgresDatabase database() {
        return database;
    }

    void put(int id, String text) {
        database.write(handle -> insert(handle, id, text));
    }

    static int insert(Handle handle, int id, String text) {
        return handle.execute("INSERT INTO note (id, text) VALUES (?, ?)", id, text);
    }

    static int append(Handle handle, int id) {
        return handle.execute("UPDATE note SET text = text || 'x' WHERE id = ?", id);
    }

    List<String> texts() {
        return database.read(handle -> handle.createQuery("SELECT text FROM note ORDER BY text")
                .mapTo(String.class)
                .list());
    }

    void clear() {
        database.write(handle -> handle.execute("DELETE FROM note"));
    }

    /** Lets the server fail with that code. */
    static int raise(Handle handle, String state) {
        return handle.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END $$");
    }

    @Override
    public void close() {
        database.close();
    }
}
