package dev.stowage.app;

import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * Closes the service when the process is terminated, by a signal or otherwise.
 *
 * <p>After a SIGTERM or SIGINT the JVM exits with 128 plus the signal's number, which supervisors treat as a failure. Such an exit is
 * turned into an ordinary one with 0. ({@code Runtime.halt(0)} after closing the service would do that too, but skip other shutdown
 * hooks: the SQLite driver removes its unpacked library, and recorders and agents write their output.)
 */
final class Termination {

    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    private Termination() {}

    /** Closes {@code service} when the process ends. */
    static void closes(Service service) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(service), "shutdown"));
        endWithZeroOn("TERM");
        endWithZeroOn("INT");
    }

    private static void close(Service service) {
        LOG.info("Shutting down; waiting for requests in progress");
        service.close();
        LOG.info("Ended");
    }

    /** Does nothing where the JVM does not handle signals, as with {@code -Xrs}. */
    private static void endWithZeroOn(String signal) {
        Signals.register(signal, () -> System.exit(ExitCode.OK));
    }
}
