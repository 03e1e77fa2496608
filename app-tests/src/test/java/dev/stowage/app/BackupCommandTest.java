package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.local.LocalStorageProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Backups of the data folder of a service with one small and one large file, intact and damaged. */
final class BackupCommandTest {

    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() throws IOException {
        assertThat(run("keys create --name ci --all-files")).isZero();
        Environment environment = new Environment(folder.resolve("data"), InstantSource.system());
        try (Storage storage =
                new LocalStorageProvider().configure(new Settings(Map.of())).open(environment)) {
            storage.objects().put(new ObjectKey("raw/p1/short"), Content.of(new byte[3]), PutOptions.DEFAULT);
            storage.objects().put(new ObjectKey("raw/p1/long"), Content.of(new byte[100_000]), PutOptions.DEFAULT);
        }
    }

    @Test
    void verify_ofACompleteBackup_succeeds() {
        assertThat(run("backup copy")).as(err.toString()).isZero();

        assertThat(run("backup --verify copy")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("is complete", "2 files", "100003 bytes");
        assertThat(folder.resolve("copy/s3-api.key")).hasSameBinaryContentAs(folder.resolve("data/s3-api.key"));
    }

    @Test
    void verify_reportsAMissingFile_andAWrongSize() throws IOException {
        assertThat(run("backup copy")).isZero();
        Path blob = onlyBlob(folder.resolve("copy"));
        Files.delete(blob);
        assertThat(run("backup --verify copy")).isEqualTo(1);
        assertThat(err.toString()).contains(blob.getFileName().toString(), "missing");

        Files.write(blob, new byte[99_999]);
        assertThat(run("backup --verify copy")).isEqualTo(1);
        assertThat(err.toString()).contains("99999 bytes", "should have 100000");
    }

    @Test
    void verify_reportsDamage_andAFolderWithoutABackup() throws IOException {
        for (String database : new String[] {"worker.db", "index.db"}) {
            String copy = "copy-" + database;
            assertThat(run("backup " + copy)).isZero();
            damage(folder.resolve(copy).resolve(database));

            assertThat(run("backup --verify " + copy)).as(database).isEqualTo(1);
            assertThat(err.toString()).contains("damaged", database);
        }
        assertThat(run("backup --verify nothing")).isEqualTo(1);
        assertThat(err.toString()).contains("worker.db is missing");
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    @Test
    void verify_reportsAnEmptyDatabase() throws IOException {
        for (String database : new String[] {"worker.db", "index.db"}) {
            String copy = "copy-" + database;
            assertThat(run("backup " + copy)).isZero();
            Files.write(folder.resolve(copy).resolve(database), new byte[0]);

            assertThat(run("backup --verify " + copy)).as(database).isEqualTo(1);
            assertThat(err.toString()).contains("damaged", database, "is empty");
        }
    }

    @Test
    void backup_ofADamagedIndex_fails() throws IOException {
        damage(folder.resolve("data/index.db"));

        assertThat(run("backup copy")).isEqualTo(1);

        assertThat(err.toString()).contains("nothing was copied", "damaged", "index.db");
        assertThat(folder.resolve("copy/index.db")).doesNotExist();
    }

    /** Every page but the first, so that the file still looks like a database. */
    private static void damage(Path database) throws IOException {
        Files.deleteIfExists(database.resolveSibling(database.getFileName() + "-wal"));
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE)) {
            for (long at = PAGE; at < file.size(); at += PAGE) {
                file.write(ByteBuffer.wrap("damaged damaged damaged".getBytes(StandardCharsets.UTF_8)), at);
            }
        }
    }

    private static Path onlyBlob(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private Map<String, String> environment() {
        return Map.of("DATA_DIR", folder.resolve("data").toString());
    }

    private int run(String arguments) {
        String[] words = arguments.split(" ", -1);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        for (int i = 0; i < words.length; i++) {
            if (words[0].equals("backup") && i > 0 && !words[i].startsWith("--")) {
                words[i] = folder.resolve(words[i]).toString();
            }
        }
        CommandLine line = Main.commandLine(new CliEnvironment(environment(), folder, false), words);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }
}
