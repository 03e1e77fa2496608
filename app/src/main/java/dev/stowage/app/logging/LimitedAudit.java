package dev.stowage.app.logging;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.http.access.RefusalThrottle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how fast refused requests without a credential fill the audit log: the first
 * {@link RefusalThrottle#LINES_PER_SECOND} refusals of each second, over all routes, get a line each; the others are counted in one line every
 * ten seconds. Safe for concurrent use.
 */
public final class LimitedAudit implements AuditLog, AutoCloseable {

    private static final int SUM_SECONDS = 10;

    private final AuditLog within;
    private final RefusalThrottle refusals;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stowage-audit");
        thread.setDaemon(true);
        return thread;
    });

    LimitedAudit(AuditLog within, LongSupplier nanoTime) {
        this.within = within;
        this.refusals = new RefusalThrottle(RefusalThrottle.LINES_PER_SECOND, nanoTime);
    }

    /** @param within gets the lines; owned by the caller, who closes it after this */
    public static LimitedAudit start(AuditLog within) {
        LimitedAudit audit = new LimitedAudit(within, System::nanoTime);
        Future<?> unused = audit.executor.scheduleAtFixedRate(audit::sum, SUM_SECONDS, SUM_SECONDS, TimeUnit.SECONDS);
        return audit;
    }

    @Override
    public void add(AuditEvent event) {
        boolean anonymousRefusal =
                event.principal().isEmpty() && !event.result().equals(AuditEvent.OK);
        if (!anonymousRefusal || refusals.isAmongFirst()) {
            within.add(event);
        }
    }

    @Override
    public void require() {
        within.require();
    }

    /** Writes the number of refusals without a line since the last call, if any. */
    void sum() {
        long others = refusals.takeOthers();
        if (others > 0) {
            within.add(new AuditEvent(
                    Optional.of(Principal.SERVICE),
                    "refusals",
                    Optional.empty(),
                    "denied",
                    Map.of("count", Long.toString(others))));
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        sum();
    }
}
