package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.logging.Logging;
import java.time.InstantSource;
import java.util.function.BiFunction;
import picocli.CommandLine.ExitCode;

/** A run of the service in the foreground, from its start until it is told to end. */
final class ServiceRun {

    private ServiceRun() {}

    /**
     * Runs it.
     *
     * @param start which parts of the service
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
