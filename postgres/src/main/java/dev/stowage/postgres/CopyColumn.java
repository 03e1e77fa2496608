package dev.stowage.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A column that is copied.
 *
 * @param type the type in PostgreSQL
 */
record CopyColumn(String name, String type) {

    /** Returns the element type of the array in which values are sent. */
    String arrayType() {
        return switch (type) {
            case "smallint", "integer", "bigint" -> "bigint";
            case "text", "bytea", "double precision" -> type;
            default -> throw new IllegalStateException("the column " + name + " has the type " + type);
        };
    }

    String parameter() {
        return "CAST(? AS " + arrayType() + "[])";
    }

    /** Returns the value in a row of SQLite. NUL, which a line of a manifest may contain, is replaced, as PostgreSQL does not allow it. */
    @Nullable
    Object value(ResultSet row) throws SQLException {
        Object value = switch (arrayType()) {
            case "bigint" -> row.getLong(name);
            case "double precision" -> row.getDouble(name);
            case "bytea" -> row.getBytes(name);
            default -> row.getString(name);
        };
        if (row.wasNull()) {
            return null;
        }
        return value instanceof String text ? text.replace('\0', '\uFFFD') : value;
    }

    /** An array of {@code size} nulls. */
    @Nullable
    Object[] array(int size) {
        return switch (arrayType()) {
            case "bigint" -> new Long[size];
            case "double precision" -> new Double[size];
            case "bytea" -> new byte[size][];
            default -> new String[size];
        };
    }
}
