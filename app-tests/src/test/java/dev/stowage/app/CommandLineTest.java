package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void help_listsTheCommands(String option) {
        assertThat(run(Map.of(), option)).isZero();
        assertThat(out.toString()).contains("Usage: stowage", "serve", ".env.example");
    }

    @Test
    void version_isPrinted() {
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(out.toString()).startsWith("stowage " + Version.current());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "worker",
                "put",
                "get",
                "ls",
                "rm",
                "cp",
                "mv",
                "stat",
                "cat",
                "share",
                "links",
                "events",
                "webhooks",
                "lifecycle",
                "schedules",
                "uploads",
                "ping",
                "login",
                "jobs",
                "keys",
                "usage",
                "doctor",
                "backup",
                "migrate",
                "database",
                "completion"
            })
    void command_isFound_byTheNameInItsHelp(String name) {
        assertThat(run(Map.of(), name, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: stowage " + name + " ");
    }

    @Test
    void mistypedCommand_getsASuggestion() {
        assertThat(run(Map.of(), "bakcup")).isEqualTo(2);
        assertThat(err.toString()).contains("backup");
    }

    @Test
    void noCommand_showsTheUsage_andFails() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(err.toString()).contains("Missing command", "Usage: stowage", "serve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"srve", "--loud", "serve extra", "serve --port=1"})
    void unknownArguments_areRefused(String arguments) {
        assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void serve_withAnInvalidConfiguration_listsAllProblems_withoutSecrets() {
        int code = run(
                Map.of("HTTP_PORT", "x", "KEY_LAYOUT", "/", "S3_SECRET_ACCESS_KEY", "hunter2", "LOG_LEVEL", "loud"),
                "serve");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("stowage: 3 settings are invalid:")
                .contains("HTTP_PORT: ", "KEY_LAYOUT: ", "LOG_LEVEL: ")
                .doesNotContain("hunter2", "\tat ", "Exception");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void serve_withAnUnavailableStore_saysWhatToDo() {
        assertThat(run(Map.of("STORAGE_ADAPTER", "unreachable"), "serve")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("stowage: the store can't be opened: Connection refused; start the store");
    }

    @Test
    void serve_onAPortInUse_namesItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run(Map.of("HTTP_PORT", port), "serve")).isEqualTo(1);
            assertThat(err.toString())
                    .contains("127.0.0.1:" + port, "HTTP_PORT")
                    .doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    void serve_withAFileAsDataFolder_isRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run(Map.of("DATA_DIR", file.toString()), "serve")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "stowage: DATA_DIR: " + file + " is not a folder; name a folder that this user can write to");
    }

    @Test
    void environment_toString_omitsTheVariables() {
        CliEnvironment environment = new CliEnvironment(Map.of("S3_SECRET_ACCESS_KEY", "hunter2"), folder, false);

        assertThat(environment.toString()).doesNotContain("hunter2");
    }

    private int run(Map<String, String> settings, String... arguments) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putIfAbsent("STORAGE_ADAPTER", "memory");
        environment.putIfAbsent("DATA_DIR", folder.resolve("data").toString());
        CommandLine commandLine = Main.commandLine(new CliEnvironment(environment, folder, false), arguments);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
