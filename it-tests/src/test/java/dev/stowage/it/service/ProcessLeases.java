package dev.stowage.it.service;

import java.net.URI;
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

    private final String database;

    private ProcessLeases(String database) {
        this.database = database;
    }

    /**
     * Those in PostgreSQL.
     *
     * @param url {@code postgresql://USER@HOST:PORT/DATABASE}
     */
    public static ProcessLeases in(String url) {
        URI parts = URI.create(url);
        return new ProcessLeases("jdbc:postgresql://%s:%d%s?user=%s"
                .formatted(parts.getHost(), parts.getPort(), parts.getPath(), parts.getUserInfo()));
    }

    /** Those in the data folder of processes that work in a folder. */
    public static ProcessLeases inFileOf(Path folder) {
        return new ProcessLeases("jdbc:sqlite:" + folder.resolve("data").resolve("worker.db"));
    }

    /** The ids of the processes with a lease. */
    public Set<String> held() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
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
     * @param running the processes that still run; empty if all were killed
     */
    public void expire(Set<String> running) throws SQLException {
        Set<String> killed = held();
        killed.removeAll(running);
        try (Connection connection = DriverManager.getConnection(database);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE process SET alive_until = 0 WHERE id = ?")) {
            for (String id : killed) {
                update.setString(1, id);
                int unused = update.executeUpdate();
            }
        }
    }
}
