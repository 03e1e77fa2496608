package dev.stowage.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Manages API keys. */
@Command(
        name = "keys",
        description = {
            "Makes, lists, revokes and rotates API keys, which AUTH_MODE=keys asks for.",
            "Works on the database in DATA_DIR, so it has to run where the service does; a running service takes note at once."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** With its subcommands. */
    static CommandLine line(CliEnvironment environment) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new CreateKeyCommand(environment))
                .addSubcommand(new ListKeysCommand(environment))
                .addSubcommand(new RevokeKeyCommand(environment))
                .addSubcommand(new RotateKeyCommand(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: create, list, revoke or rotate");
    }
}
