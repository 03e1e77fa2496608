package dev.stowage.app;

import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * What happens when the process is told to end: the service is closed first, however the end comes about.
 *
 * <p>After a SIGTERM or SIGINT the JVM would end with 128 and the signal's number, which supervisors take for a failure. Nothing failed,
 * so such an end is turned into an ordinary one with 0. (Halting with 0 when the service is closed would do that too, but cut short what
 * others do at the end: the driver of SQLite removes its unpacked library, recorders and agents write out what they have.)
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
        LOG.info("Told to end; finishing what is under way");
        service.close();
        LOG.info("Ended");
    }

    /** Where the JVM leaves signals to others, as with {@code -Xrs}, this changes nothing. */
    private static void endWithZeroOn(String signal) {
        Signals.register(signal, () -> System.exit(ExitCode.OK));
    }
}
