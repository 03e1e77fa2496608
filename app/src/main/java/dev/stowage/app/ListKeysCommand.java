package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Principal;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        List<ApiKey> keys = OperatorKeys.query(configuration, ListKeysCommand::all);
        out.println(keys.isEmpty() ? "There are no keys." : KeyLine.HEAD);
        keys.forEach(key -> out.println(KeyLine.of(key, Instant.now())));
        out.flush();
        return ExitCode.OK;
    }

    private static List<ApiKey> all(ApiKeyManagement keys, Principal operator) {
        return Page.all((Optional<String> cursor) -> keys.list(operator, PageLimit.MAX, cursor))
                .toList();
    }
}
