package dev.stowage.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top-level command. It does nothing without a subcommand. */
@Command(
        name = "stowage",
        description = "A self-hosted file service for any S3-compatible store.",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Settings are read from the environment and from the file .env; .env.example describes each."})
final class StowageCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** The output of {@code --version}. */
    static final class VersionText implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"stowage " + Version.current()};
        }
    }
}
