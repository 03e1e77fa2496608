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
 * Keeps people without a credential from filling the audit log: of what they are refused, on whatever route, the first
 * {@link RefusalThrottle#LINES_PER_SECOND} of each second get a line each, and the others one line with their number every ten seconds. Safe for
 * concurrent use.
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

    /** @param within gets the lines; stays the caller's, who closes it after this */
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

    /** Writes how many refusals got no line of their own since this was done last, if any. */
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
