package dev.stowage.bench.scenario;

import dev.stowage.bench.process.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Fills the data folder of a local store directly; through the service it would take many times as long. */
final class Seeds {

    private static final byte[] CONTENT = {'a'};

    /** The MD5 of the content, which a job that verifies the objects compares. */
    private static final String MD5 = "0cc175b9c0f1b6a831c399e269772661";

    private static final int BATCH = 10_000;

    private Seeds() {}

    /**
     * Creates a data folder with objects of one byte, and starts the service on it.
     *
     * @param keys the key of each, by its number from 0
     * @param files whether each object has a file on disk, like an object of more than 64 KiB that a client uploads; otherwise its byte is in
     *     the index, like that of a smaller one
     */
    static Server start(TestBed bed, String name, int objects, IntFunction<String> keys, boolean files)
            throws Exception {
        Map<String, String> settings = bed.localSettings();
        Path data = bed.servers().work().resolve(name).resolve("data");
        bed.servers().stowage(name, settings, List.of()).close();
        fill(data, objects, keys, files);
        return bed.servers().stowage(name, settings, List.of());
    }

    private static void fill(Path data, int objects, IntFunction<String> keys, boolean files)
            throws SQLException, IOException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("index.db"));
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            long first = content(statement);
            for (int from = 0; from < objects; from += BATCH) {
                insert(database, first + from, from, Math.min(objects, from + BATCH), keys, files);
                database.commit();
            }
        }
        if (files) {
            for (int i = 0; i < objects; i++) {
                String blob = blob(i);
                Files.write(data.resolve("blobs").resolve(blob.substring(30)).resolve(blob), CONTENT);
            }
        }
    }

    private static long content(Statement statement) throws SQLException {
        try (var highest = statement.executeQuery("SELECT coalesce(max(id), 0) + 1 FROM content")) {
            highest.next();
            return highest.getLong(1);
        }
    }

    private static void insert(
            Connection database, long content, int from, int to, IntFunction<String> keys, boolean files)
            throws SQLException {
        try (PreparedStatement contents = database.prepareStatement("INSERT INTO content (id, bytes) VALUES (?, ?)");
                PreparedStatement segments = database.prepareStatement(
                        "INSERT INTO segment (content_id, number, blob, size, md5, stored_at) VALUES (?, 1, ?, 1, '"
                                + MD5 + "', 1764504000000)");
                PreparedStatement objects = database.prepareStatement(
                        "INSERT INTO object (key, content_id, size, etag, content_type, metadata, modified_at)"
                                + " VALUES (?, ?, 1, '" + MD5 + "', 'text/plain', '', 1764504000000)")) {
            for (int i = from; i < to; i++) {
                long id = content + i - from;
                contents.setLong(1, id);
                contents.setBytes(2, files ? null : CONTENT);
                contents.addBatch();
                if (files) {
                    segments.setLong(1, id);
                    segments.setString(2, blob(i));
                    segments.addBatch();
                }
                objects.setString(1, keys.apply(i));
                objects.setLong(2, id);
                objects.addBatch();
            }
            contents.executeBatch();
            segments.executeBatch();
            objects.executeBatch();
        }
    }

    /** A blob name in the store's format: a writer, a number, and random digits. */
    private static String blob(int number) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(1 << 30)
                + hex.toHexDigits(number)
                + hex.toHexDigits((number * 0x9E3779B97F4A7C15L) >>> 8);
    }
}
