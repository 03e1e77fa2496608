package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.config.Units;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives an API key a new secret. */
@Command(
        name = "rotate",
        description = {
            "Gives a key a new secret and prints it. The secret is shown only once.",
            "The key keeps its id, its rights, and its uploads and jobs. An S3 key pair gets a new secret, too."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class RotateKeyCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The key's id, as listed by keys list")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            description =
                    "How long the current secret stays valid beside the new one, such as 24h; default: ${DEFAULT-VALUE}",
            defaultValue = "0s")
    private String overlap = "0s";

    RotateKeyCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Configuration configuration = environment.configuration();
        try {
            Duration time = Units.duration(overlap);
            ApiKeyManagement.NewKey rotated =
                    OperatorKeys.change(configuration, (keys, operator) -> keys.rotate(operator, id, time));
            KeyLine.print(spec.commandLine().getOut(), rotated);
            spec.commandLine().getErr().println("Store it safely; it is not shown again");
        } catch (IllegalArgumentException | InvalidInput | NotFound | Conflict e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return ExitCode.OK;
    }
}
