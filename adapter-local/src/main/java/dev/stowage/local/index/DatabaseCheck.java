package dev.stowage.local.index;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Looks for damage in a database. */
public final class DatabaseCheck {

    private DatabaseCheck() {}

    /**
     * What is wrong with the database in {@code file}, which may be in use; empty when nothing was found. Reads all of it: see
     * <a href="https://sqlite.org/pragma.html#pragma_quick_check">quick_check</a>.
     */
    public static Optional<String> damage(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = rows.next() ? rows.getString(1) : "no answer";
            return found.equals("ok") ? Optional.empty() : Optional.of(found);
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
