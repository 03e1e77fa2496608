package dev.stowage.local.index;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.local.fault.Faults;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Walks objects in the order of their keys, and can seek. One statement is used for a whole listing, since for a
 * walk of a few steps preparing it costs more than the steps. For one thread.
 */
final class ObjectScan implements AutoCloseable {

    /** Walks the primary key from a position on, a row at each step, as far as it is read. */
    static final String QUERY = "SELECT key, size, etag, modified_at FROM object WHERE key >= ? ORDER BY key";

    private final PreparedStatement statement;
    private @Nullable ResultSet rows;

    /** To be closed; has no position before the first {@link #seek}. */
    ObjectScan(Handle handle) {
        try {
            statement = handle.getConnection().prepareStatement(QUERY);
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** Moves to just before the first key from {@code from} on. */
    void seek(String from) {
        try {
            statement.setString(1, from);
            // Closes the rows of the last seek.
            rows = statement.executeQuery();
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** Moves to the next object; false at the end. */
    boolean next() {
        try {
            return rows().next();
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** The key of the current object. */
    String key() {
        try {
            return rows().getString(1);
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** The current object. */
    ObjectSummary object() {
        try {
            return new ObjectSummary(
                    new ObjectKey(rows().getString(1)),
                    rows().getLong(2),
                    new Etag(rows().getString(3)),
                    Instant.ofEpochMilli(rows().getLong(4)));
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    private ResultSet rows() {
        return Objects.requireNonNull(rows, "seek was not called");
    }

    @Override
    public void close() {
        try {
            // Closes its rows, too.
            statement.close();
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }
}
