package dev.stowage.it.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;

/**
 * A data folder that an older version left while it was working: files {@code a} to {@code d} of {@code hello} below {@code raw/p1/},
 * a job that copies them to {@code processed/p1/} and has copied one, and two open uploads.
 */
public final class OlderFolder {

    /** The upload with {@code part one} as the first part of {@code raw/p1/up}. */
    public static final String UPLOAD = "f1058ea451e4e6b778ffe500f609267c";
    /** The tus upload with {@code hello} as the first half of {@code raw/p1/tus}. */
    public static final String TUS = "/api/v1/tus/c956e3e759af418999a2a0f39ea6c459";
    /** The job. */
    public static final String JOB = "half-done";

    private static final int BLOBS = 6;

    private OlderFolder() {}

    /** Creates the folder. */
    public static void create(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        run("worker.sql", folder.resolve("worker.db"));
        run("index.sql", folder.resolve("index.db"));
        Files.createDirectories(folder.resolve("blobs/incoming"));
        for (int i : IntStream.range(0, 256).toArray()) {
            Files.createDirectories(folder.resolve("blobs").resolve("%02x".formatted(i)));
        }
        for (int i = 1; i <= BLOBS; i++) {
            String name = "380c1ab60000000%dc559c94787aa6d4%d".formatted(i, i);
            Files.writeString(folder.resolve("blobs/4" + i).resolve(name), i == BLOBS ? "part one" : "hello");
        }
    }

    private static void run(String script, Path database) throws IOException, SQLException {
        try (InputStream sql = OlderFolder.class.getResourceAsStream("/older/" + script);
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            int unused = statement.executeUpdate(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
