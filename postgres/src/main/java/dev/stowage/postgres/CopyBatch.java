package dev.stowage.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one table that one statement inserts, so that its statement-level triggers run once. */
final class CopyBatch {

    private static final int MOST_ROWS = 1000;
    private static final long MOST_BYTES = 4L << 20;

    private final List<CopyColumn> columns;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private long bytes;

    CopyBatch(List<CopyColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    void add(ResultSet row) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value(row);
            bytes += size(values[i]);
        }
        rows.add(values);
    }

    boolean isFull() {
        return rows.size() >= MOST_ROWS || bytes >= MOST_BYTES;
    }

    /**
     * Inserts the rows and clears the batch.
     *
     * @param insert has an array parameter for each column
     * @return the number of rows
     */
    long insert(PreparedStatement insert) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        for (int column = 0; column < columns.size(); column++) {
            @Nullable Object[] values = columns.get(column).array(rows.size());
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[column];
            }
            insert.setArray(
                    column + 1,
                    insert.getConnection().createArrayOf(columns.get(column).arrayType(), values));
        }
        rows.clear();
        bytes = 0;
        return insert.executeUpdate();
    }

    private static long size(@Nullable Object value) {
        if (value instanceof byte[] binary) {
            return binary.length;
        }
        return value instanceof String text ? text.length() : Long.BYTES;
    }
}
