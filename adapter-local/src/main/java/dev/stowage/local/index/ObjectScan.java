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
 * Walks objects in the order of their keys, and goes on elsewhere when it is told to: by one statement for all of a listing, as for a
 * walk of a few steps making the statement costs more than the steps. For one thread.
 */
final class ObjectScan implements AutoCloseable {

    /** Walks the primary key from some point on, a row at each step, for as far as somebody wants to go. */
    static final String QUERY = "SELECT key, size, etag, modified_at FROM object WHERE key >= ? ORDER BY key";

    private final PreparedStatement statement;
    private @Nullable ResultSet rows;

    /** To be closed; is nowhere before the first {@link #seek}. */
    ObjectScan(Handle handle) {
        try {
            statement = handle.getConnection().prepareStatement(QUERY);
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** Goes to before the first key from {@code from} on. */
    void seek(String from) {
        try {
            statement.setString(1, from);
            // Closes the rows of the last time.
            rows = statement.executeQuery();
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** Goes to the next object; false at the end. */
    boolean next() {
        try {
            return rows().next();
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** The key of the object that it is at. */
    String key() {
        try {
            return rows().getString(1);
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }

    /** The object that it is at. */
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
        return Objects.requireNonNull(rows, "nothing was sought");
    }

    @Override
    public void close() {
        try {
            // With it, its rows.
            statement.close();
        } catch (SQLException e) {
            throw Faults.database(e);
        }
    }
}
