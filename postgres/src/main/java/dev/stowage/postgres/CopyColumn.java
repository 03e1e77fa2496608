package dev.stowage.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A column that is copied.
 *
 * @param type its type in PostgreSQL
 */
record CopyColumn(String name, String type) {

    /** The type of the arrays that its values are sent in. */
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

    /** The value in a row of SQLite. PostgreSQL has no text with NUL, which a line of a manifest may contain. */
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
