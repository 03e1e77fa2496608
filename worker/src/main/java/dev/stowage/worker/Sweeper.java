package dev.stowage.worker;

import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.Maintenance.Freed;
import dev.stowage.core.upload.AbortStaleUploads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees what nobody can be waiting for any more, and says so when it was something. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private Sweeper() {}

    static void abortStaleUploads(AbortStaleUploads uploads) {
        int aborted = uploads.abortStale();
        if (aborted > 0) {
            LOG.atInfo().addKeyValue("uploads", aborted).log("Aborted uploads that stood open for too long");
        }
    }

    static void sweepStore(Maintenance maintenance) {
        Freed freed = maintenance.sweep();
        if (freed.items() > 0) {
            LOG.atInfo()
                    .addKeyValue("items", freed.items())
                    .addKeyValue("bytes", freed.bytes())
                    .log("Freed what was left behind in the store");
        }
    }
}
