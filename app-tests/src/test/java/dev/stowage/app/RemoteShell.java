package dev.stowage.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.app.remote.RemoteCommands;
import dev.stowage.app.remote.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/** Runs commands that talk to a service, in this process, and keeps what they print. */
final class RemoteShell {

    final Map<String, String> variables = new HashMap<>();
    private final Path folder;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private volatile StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    RemoteShell(String url, Path folder) {
        this.folder = folder;
        variables.put("STOWAGE_URL", url);
        variables.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    }

    /** Runs a command and returns its exit code. What earlier ones printed is forgotten. */
    int run(String... arguments) {
        return runWithInput("", arguments);
    }

    int runWithInput(String input, String... arguments) {
        bytes.reset();
        out = new StringWriter();
        err = new StringWriter();
        Shell shell = new Shell(
                variables, folder, false, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), bytes);
        CommandLine line = new CommandLine(new StowageCommand());
        RemoteCommands.of(shell).forEach((name, command) -> line.addSubcommand(name, command.get()));
        RemoteCommands.alsoLocal(shell).forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** Returns what was printed so far; also for other threads. */
    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Returns the bytes of files that were printed. */
    String bytes() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns the last line, which is JSON. */
    JsonNode json() throws IOException {
        return new JsonMapper()
                .readTree(out().lines().reduce((one, next) -> next).orElseThrow());
    }
}
