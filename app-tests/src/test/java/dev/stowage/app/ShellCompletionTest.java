package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code stowage completion} in the shells that they are for, and the manual page in the programs that show it. */
@Timeout(60)
class ShellCompletionTest {

    /** Types a line with a tab in an interactive shell, and prints what appears. */
    private static final String ZSH_TERMINAL = """
            zmodload zsh/zpty
            zpty shell env TERM=dumb PS1='%% ' zsh -f -i
            zpty -w shell "unsetopt zle_bracketed_paste; source $1; print rea''dy"
            zpty -r -m shell seen '*ready*' || exit 1
            zpty -w -n shell "$2"$'\\t\\t'
            zpty -r -m shell seen "*$3*" || exit 1
            print -r -- $seen
            zpty -d shell
            """;

    @TempDir
    private Path folder;

    /** {@code compopt}, which the function calls too, only works while a person types. */
    @Test
    void bash_completesCommandsAndOptions() throws Exception {
        String complete =
                "source $1; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_stowage 2>/dev/null;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        String script = script("bash");

        assertThat(lines("bash", "-c", complete, "-", script, "stowage", "pu")).contains("put");
        assertThat(lines("bash", "-c", complete, "-", script, "stowage", "jobs", "su"))
                .contains("submit");
        assertThat(lines("bash", "-c", complete, "-", script, "stowage", "put", "--if"))
                .containsExactly("--if-absent");
    }

    @Test
    void zsh_completesCommandsAndOptions() throws Exception {
        String script = script("zsh");
        Path terminal = Files.writeString(folder.resolve("terminal"), ZSH_TERMINAL);

        assertThat(lines("zsh", "-f", terminal.toString(), script, "stowage comple", "completion"))
                .isNotEmpty();
        assertThat(lines("zsh", "-f", terminal.toString(), script, "stowage jobs su", "submit"))
                .isNotEmpty();
        assertThat(lines("zsh", "-f", terminal.toString(), script, "stowage put --if", "--if-absent"))
                .isNotEmpty();
    }

    @Test
    void fish_completesCommandsAndOptions() throws Exception {
        String complete = "source $argv[1]; complete -C $argv[2]";
        String script = script("fish");

        assertThat(lines("fish", "-N", "-c", complete, script, "stowage pu"))
                .singleElement()
                .asString()
                .startsWith("put\tUploads files");
        assertThat(lines("fish", "-N", "-c", complete, script, "stowage jobs su"))
                .singleElement()
                .asString()
                .startsWith("submit\t");
        assertThat(lines("fish", "-N", "-c", complete, script, "stowage put --if"))
                .singleElement()
                .asString()
                .startsWith("--if-absent\t");
        assertThat(lines("fish", "-N", "-c", complete, script, "stowage jobs submit --dr"))
                .hasSize(1);
    }

    @Test
    void manualPage_isShownWithoutWarnings() throws Exception {
        String page = script("man");

        assertThat(lines("groff", "-man", "-Tutf8", "-ww", "-z", page)).isEmpty();
    }

    @Test
    void manualPage_passesTheLintOfMandoc() throws Exception {
        String lint = "mandoc -T lint -W warning \"$1\" | grep -v 'missing date' || true";
        assumeInstalled("mandoc");

        // A date would differ with each build.
        assertThat(lines("sh", "-c", lint, "-", script("man"))).isEmpty();
    }

    private String script(String kind) throws IOException {
        StringWriter out = new StringWriter();
        int code = Main.commandLine(new CliEnvironment(Map.of(), folder, false), "completion", kind)
                .setOut(new PrintWriter(out, true))
                .execute("completion", kind);
        assertThat(code).isZero();
        return Files.writeString(folder.resolve("stowage." + kind), out.toString())
                .toString();
    }

    /** Returns all that a program prints. */
    private List<String> lines(String... command) throws IOException, InterruptedException {
        assumeInstalled(command[0]);
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as(String.join(" ", command))
                    .isTrue();
            List<String> lines = new ArrayList<>(Files.readAllLines(output, StandardCharsets.UTF_8));
            assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assumeInstalled(String program) {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        assumeTrue(installed, program + " is not installed: what is made for it is not tried");
    }
}
