package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.error.NotFound;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Revokes an API key. */
@Command(
        name = "revoke",
        description = "Revokes a key, permanently and at once.",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class RevokeKeyCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The key's id, as listed by keys list")
    private String id = "";

    RevokeKeyCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Configuration configuration = environment.configuration();
        try {
            ApiKey revoked = OperatorKeys.change(configuration, (keys, operator) -> keys.revoke(operator, id));
            spec.commandLine().getErr().println("Revoked " + revoked.id() + " (" + revoked.name() + ")");
        } catch (NotFound e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return ExitCode.OK;
    }
}
