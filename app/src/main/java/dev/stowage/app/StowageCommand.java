package dev.stowage.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a command: says which there are. */
@Command(
        name = "stowage",
        description = "A self-hosted file service for any S3-compatible store.",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Settings come from the environment and from the file .env; .env.example explains each."})
final class StowageCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** What {@code --version} prints. */
    static final class VersionText implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"stowage " + Version.current()};
        }
    }
}
