package dev.stowage.sqlite;

import dev.stowage.core.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Operations on a database file that may be open elsewhere. */
public final class DatabaseFile {

    private DatabaseFile() {}

    /** A plain connection for a few statements; the caller closes it. Does not change the schema. */
    public static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection(url(file));
    }

    /**
     * What is damaged in the database; empty when it is intact. Reads all of it: see
     * <a href="https://sqlite.org/pragma.html#pragma_quick_check">quick_check</a>.
     */
    public static Optional<String> damage(Path file) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            String found = answer(statement, "PRAGMA quick_check(1)");
            if (found.equals("ok")
                    && answer(statement, "SELECT count(*) FROM sqlite_master").equals("0")) {
                // A file truncated to zero bytes is a valid database.
                return Optional.of("it is empty");
            }
            return found.equals("ok") ? Optional.empty() : Optional.of(found);
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String answer(Statement statement, String question) throws SQLException {
        try (ResultSet rows = statement.executeQuery(question)) {
            return rows.next() ? rows.getString(1) : "no response";
        }
    }

    /**
     * Writes a consistent snapshot of the database to a file that is missing or empty. See
     * <a href="https://sqlite.org/lang_vacuum.html#vacuuminto">VACUUM INTO</a>.
     */
    public static void copy(Path file, Path target) throws SQLException, IOException {
        PrivateFiles.createIfMissing(target);
        try (Connection connection = connect(file);
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, target.toString());
            vacuum.execute();
        }
    }

    static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }
}
