package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.logging.Logging;
import java.time.InstantSource;
import java.util.function.BiFunction;
import picocli.CommandLine.ExitCode;

/** Runs the service in the foreground until it is terminated. */
final class ServiceRun {

    private ServiceRun() {}

    /**
     * Starts the service and waits for its end.
     *
     * @param start starts the service with its parts
     * @return the exit code
     */
    static int run(CliEnvironment environment, BiFunction<Configuration, InstantSource, Service> start)
            throws InterruptedException {
        Configuration configuration = environment.configuration();
        Logging.start(configuration.log(), environment.terminal());
        try (Service service = start.apply(configuration, InstantSource.system())) {
            Termination.closes(service);
            service.announce();
            service.awaitClosed();
        }
        return ExitCode.OK;
    }
}
