package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.logging.Logging;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Runs the service until the process is told to end. */
@Command(
        name = "serve",
        description = "Runs the service until it is told to end (SIGTERM, or Ctrl-C).",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class ServeCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = surroundings.configuration();
        Logging.start(configuration.log(), surroundings.terminal());
        try (Service service = Service.start(configuration, InstantSource.system())) {
            Termination.closes(service);
            service.announce();
            service.awaitClosed();
        }
        return ExitCode.OK;
    }
}
