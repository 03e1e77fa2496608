package dev.stowage.app.help;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints scripts for the completion of commands in shells, and the manual page. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell, or the manual page.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(stowage completion bash)",
            "  source <(stowage completion zsh)",
            "  stowage completion fish > ~/.config/fish/completions/stowage.fish",
            "  stowage completion man > ~/.local/share/man/man1/stowage.1"
        })
public final class CompletionCommand implements Callable<Integer> {

    private static final String PROGRAM = "stowage";

    private final Supplier<CommandLine> all;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit")
    boolean help;

    @Parameters(paramLabel = "KIND", description = "bash, zsh, fish or man")
    Kind kind = Kind.BASH;

    /** What is printed. */
    enum Kind {
        BASH,
        ZSH,
        FISH,
        MAN
    }

    /** @param all gives the command line with all commands */
    public CompletionCommand(Supplier<CommandLine> all) {
        this.all = all;
    }

    @Override
    public Integer call() {
        CommandLine line = all.get();
        String text = switch (kind) {
            // The script of picocli works in both.
            case BASH, ZSH -> AutoComplete.bash(PROGRAM, line);
            case FISH -> FishCompletion.of(PROGRAM, line);
            case MAN -> ManualPage.of(PROGRAM, line);
        };
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
