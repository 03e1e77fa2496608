package dev.stowage.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the service when the process is told to end (SIGTERM, SIGINT, SIGHUP).
 *
 * <p>The JVM would then end with 128 and the signal's number, which supervisors take for a failure. Nothing failed, so this ends the
 * process with 0 itself, when the service is closed. Such an end skips {@link java.io.File#deleteOnExit}: parts of the service tidy up
 * when they are closed.
 */
final class ShutdownHook {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHook.class);

    private ShutdownHook() {}

    static void closeAtExit(Service service) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAndEnd(service), "shutdown"));
    }

    private static void closeAndEnd(Service service) {
        LOG.info("Told to end; finishing what is under way");
        service.close();
        LOG.info("Ended");
        Runtime.getRuntime().halt(0);
    }
}
