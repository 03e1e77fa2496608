package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.apikey.AccessControl;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists API keys. */
@Command(
        name = "list",
        description = "Lists all keys, without their secrets.",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class ListKeysCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    ListKeysCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Configuration configuration = environment.configuration();
        PrintWriter out = spec.commandLine().getOut();
        try (ServiceDatabase database = ServiceDatabase.openOrCreate(configuration);
                AccessControl control = Identities.control(configuration, database)) {
            List<ApiKey> keys = control.list();
            out.println(keys.isEmpty() ? "There are no keys." : KeyLine.HEAD);
            keys.forEach(key -> out.println(KeyLine.of(key, database.clock().instant())));
            out.flush();
        }
        return ExitCode.OK;
    }
}
