package dev.stowage.worker.sqlite;

import dev.stowage.core.error.StorageRejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Brings the database to the schema of this version. SQLite keeps the number of the last script that ran: {@code user_version}. */
final class Schema {

    private static final List<String> SCRIPTS = List.of("V1__upload_sessions.sql");

    private final List<String> scripts;

    /** @param scripts the SQL of each version, from the first */
    Schema(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    static Schema current() {
        return new Schema(SCRIPTS.stream().map(Schema::load).toList());
    }

    /**
     * Runs the scripts that are missing; within a transaction, so that of several processes that start at once one does it.
     *
     * @throws StorageRejected when the database is of a later version
     */
    void update(Handle handle) {
        int version =
                handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
        if (version > scripts.size()) {
            throw new StorageRejected(
                    "The database of upload sessions was made by a newer version (schema " + version + ", known here: "
                            + scripts.size() + "); start that version, or restore a backup",
                    null);
        }
        for (String script : scripts.subList(version, scripts.size())) {
            handle.createScript(script).execute();
        }
        handle.execute("PRAGMA user_version = " + scripts.size());
    }

    private static String load(String name) {
        try (InputStream script = Schema.class.getResourceAsStream("/db/migration/worker/" + name)) {
            if (script == null) {
                throw new IllegalStateException("the migration " + name + " is missing from this build");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
