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
            "Creates, lists, revokes and rotates API keys, which AUTH_MODE=keys requires.",
            "Uses the database of the service, so run it with the same settings and, without DATABASE_URL, on the same machine.",
            "A running service applies changes at once."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** The command with its subcommands. */
    static CommandLine line(CliEnvironment environment) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new CreateKeyCommand(environment))
                .addSubcommand(new ListKeysCommand(environment))
                .addSubcommand(new RevokeKeyCommand(environment))
                .addSubcommand(new RotateKeyCommand(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand: create, list, revoke or rotate");
    }
}
