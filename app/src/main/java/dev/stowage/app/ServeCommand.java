package dev.stowage.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the service until the process is terminated. */
@Command(
        name = "serve",
        description = "Runs the service until it is terminated (SIGTERM, or Ctrl-C).",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class ServeCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    ServeCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        return ServiceRun.run(environment, Service::serve);
    }
}
