package dev.stowage.http.error;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.error.StorageException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs failures that are not caused by the client. While the store fails, all requests fail alike: such failures get one line in ten
 * seconds for each error, without a stack trace and with the number of failures that were left out. All others are logged with their stack
 * trace. Safe for concurrent use.
 */
public final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private static final int FIRST_FAILURE = 500;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final Map<ErrorCode, Logged> logged = new EnumMap<>(ErrorCode.class);

    /** @param nanoTime the current time, as {@link System#nanoTime()} */
    public FailureLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Logs a failure, unless the client caused it.
     *
     * @param operation returns the kind of request; called only when the failure is logged
     * @param subject the path or key of the request
     */
    public void log(Problem problem, Exception failure, Supplier<String> operation, String subject) {
        if (isClients(problem, failure)) {
            LOG.debug("{} refused: {}", subject, problem.error(), failure);
        } else {
            log(problem, failure, operation.get(), subject);
        }
    }

    private void log(Problem problem, Exception failure, String operation, String subject) {
        LoggingEventBuilder line = LOG.atError()
                .addKeyValue("operation", operation)
                .addKeyValue("path", subject)
                .addKeyValue("error", problem.error());
        if (failure instanceof StorageException store && store.isOfStore()) {
            logBriefly(line, store, operation);
        } else {
            line.setCause(failure).log("{} failed", operation);
        }
    }

    /** Whether the client caused it: by an unsupported request, a used-up quota, or a request for which there is no free slot. */
    private static boolean isClients(Problem problem, Exception failure) {
        return problem.status() < FIRST_FAILURE
                || failure instanceof NotSupported
                || failure instanceof QuotaExceeded
                || failure instanceof TooBusy;
    }

    private void logBriefly(LoggingEventBuilder line, StorageException failure, String operation) {
        long omitted = omitted(failure);
        if (omitted >= 0) {
            line.addKeyValue("cause", failure.causes())
                    .addKeyValue("omitted", omitted)
                    .log("{} failed: {}", operation, failure.getMessage());
        }
    }

    /** Returns the number of failures of the same kind that were left out since the last line; negative when this one is left out, too. */
    private synchronized long omitted(StorageException failure) {
        long now = nanoTime.getAsLong();
        Logged last = logged.get(failure.code());
        if (last != null && now - last.at < PAUSE_NANOS) {
            last.omitted++;
            return -1;
        }
        logged.put(failure.code(), new Logged(now));
        return last == null ? 0 : last.omitted;
    }

    private static final class Logged {
        private final long at;
        private long omitted;

        Logged(long at) {
            this.at = at;
        }
    }
}
