package dev.stowage.it.service;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** The leases of the processes that share a database. Tests end those of killed processes instead of waiting until they expire. */
public final class ProcessLeases {

    private ProcessLeases() {}

    /**
     * The ids of the processes with a lease.
     *
     * @param folder the working directory of the processes
     */
    public static Set<String> held(Path folder) throws SQLException {
        try (Connection connection = open(folder);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM process")) {
            Set<String> ids = new HashSet<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    /**
     * Lets the leases of killed processes expire now.
     *
     * @param folder the working directory of the processes
     * @param running the processes that still run; empty if all were killed
     */
    public static void expire(Path folder, Set<String> running) throws SQLException {
        Set<String> killed = held(folder);
        killed.removeAll(running);
        try (Connection connection = open(folder);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE process SET alive_until = 0 WHERE id = ?")) {
            for (String id : killed) {
                update.setString(1, id);
                int unused = update.executeUpdate();
            }
        }
    }

    private static Connection open(Path folder) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("data").resolve("worker.db"));
    }
}
