package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void doctor_beforeTheFirstStart_succeeds_andCreatesNothing() {
        assertThat(run(Map.of("STORAGE_ADAPTER", "local"))).isZero();

        assertThat(out.toString())
                .contains("settings", "created at the first start", "clock", "opens and responds")
                .doesNotContain("FAIL");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void doctor_withTheStore_showsWhatItCanDo_andLeavesNothing() {
        assertThat(run(Map.of("STORAGE_ADAPTER", "local"), "--store")).isZero();

        assertThat(out.toString())
                .contains("can do:", "conditional put", "64 uploads at once", "nothing is left")
                .doesNotContain("FAIL");
    }

    @Test
    void doctor_withInvalidSettings_listsThem() {
        assertThat(run(Map.of("HTTP_PORT", "x", "LOG_LEVEL", "loud"))).isEqualTo(1);
        assertThat(out.toString()).contains("FAIL", "HTTP_PORT: 'x'", "LOG_LEVEL: 'loud'");
    }

    @Test
    void doctor_withAnUnreachableStore_saysSo_andChecksTheRest() {
        assertThat(run(Map.of("STORAGE_ADAPTER", "unreachable"), "--store")).isEqualTo(1);
        assertThat(out.toString()).contains("DATA_DIR", "database", "Connection refused; start the store");
    }

    @Test
    void doctor_withAFileAsDataFolder_saysWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run(Map.of("DATA_DIR", file.toString()))).isEqualTo(1);
        assertThat(out.toString()).contains(file + " is not a folder", "-> set DATA_DIR to a folder");
    }

    @Test
    void doctor_withAnOpenEnvFile_warns() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "LOG_LEVEL=info\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(run(Map.of())).isZero();
        assertThat(out.toString()).contains("warn", "chmod 600 .env");
    }

    @Test
    void doctor_withADamagedDatabase_saysWhatToDo() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/worker.db"), "This is no database. ".repeat(100));

        assertThat(run(Map.of())).isEqualTo(1);
        assertThat(out.toString()).contains("is damaged", "restore a backup");
    }

    @Test
    void doctor_withABrokenAdapter_warns() throws IOException {
        Files.createDirectories(folder.resolve("adapters/empty"));

        assertThat(run(Map.of())).isZero();
        assertThat(out.toString()).contains("adapters", "contains no jar");
    }

    private int run(Map<String, String> settings, String... options) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putIfAbsent("STORAGE_ADAPTER", "memory");
        environment.putIfAbsent("DATA_DIR", folder.resolve("data").toString());
        environment.putIfAbsent("SPOOL_DIR", folder.resolve("spool").toString());
        String[] arguments = new String[options.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(options, 0, arguments, 1, options.length);
        CommandLine commandLine = Main.commandLine(new CliEnvironment(environment, folder, false), arguments);
        commandLine.setOut(new PrintWriter(out, true));
        return commandLine.execute(arguments);
    }
}
