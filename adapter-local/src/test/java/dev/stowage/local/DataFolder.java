package dev.stowage.local;

import dev.stowage.core.config.Settings;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Inspects a store's data folder from outside. */
record DataFolder(Path path) {

    static final PartLimits TINY_PARTS = new PartLimits(1000, 1 << 20);

    Storage open() {
        return open(InstantSource.system());
    }

    Storage open(InstantSource clock) {
        return new LocalStorageProvider(TINY_PARTS)
                .configure(new Settings(Map.of()))
                .open(new Environment(path, clock));
    }

    /** All existing blobs. */
    List<Path> blobs() {
        try (Stream<Path> files = Files.walk(path.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of blobs without an object or an upload. */
    long strays() {
        return blobs().size() - number("SELECT count(*) FROM segment");
    }

    Path incoming() {
        return path.resolve("blobs/incoming");
    }

    /** Queries the database for a number. */
    long number(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the database directly. */
    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + path.resolve("index.db"));
    }
}
