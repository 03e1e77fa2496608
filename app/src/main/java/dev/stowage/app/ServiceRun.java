package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.logging.Logging;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** Runs the service in the foreground until it is terminated. */
final class ServiceRun {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRun.class);

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
        configuration.unusableAdapters().forEach(adapter -> LOG.warn("An adapter can't be used: {}", adapter));
        try (Service service = start.apply(configuration, InstantSource.system())) {
            Termination.closes(service);
            service.announce();
            service.awaitClosed();
        }
        return ExitCode.OK;
    }
}
