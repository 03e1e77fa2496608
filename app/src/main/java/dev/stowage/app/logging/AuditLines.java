package dev.stowage.app.logging;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The audit log as lines in a file or on a standard stream. A line is a JSON object, which includes the thread's context, such as
 * {@code request_id}. A file is append-only, each line in one write, so that several processes may share it; rotation is done by other
 * programs.
 *
 * <p>Lines that can't be written are lost, but not silently: they are counted, an error is logged at most once a minute,
 * {@link #check} fails, and the next line that is written is preceded by the number of lost lines. Safe for concurrent use.
 */
public final class AuditLines implements AuditLog, AutoCloseable {

    /** With less free space the log counts as not writable, so that the changes in progress still fit. */
    static final long LEAST_SPACE = 64 << 10;

    private static final String NAME = "audit";
    private static final long ERROR_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(AuditLines.class);

    private final LineOutput output;
    private final boolean required;
    private final LongSupplier nanoTime;
    private final InstantSource clock = InstantSource.system();

    private boolean failing;
    /** Lines lost since the last one that was written. */
    private long missing;

    private long lost;
    private Optional<Long> lastError = Optional.empty();

    AuditLines(LineOutput output, boolean required, LongSupplier nanoTime) {
        this.output = output;
        this.required = required;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens the file, and creates it if it is missing, accessible only to its owner.
     *
     * @param required whether changes that can't be logged are refused: see {@link #require}
     * @throws IllegalStateException when it can't be opened
     */
    public static AuditLines open(Path file, boolean required) {
        return open(file, required, System::nanoTime);
    }

    /** Writes to the standard output, between the lines of the other log. */
    public static AuditLines onStandardOutput(boolean required) {
        return new AuditLines(StandardLines.output(), required, System::nanoTime);
    }

    /** Writes to the standard error stream. */
    public static AuditLines onStandardError(boolean required) {
        return new AuditLines(StandardLines.error(), required, System::nanoTime);
    }

    static AuditLines open(Path file, boolean required, LongSupplier nanoTime) {
        AuditLines audit = new AuditLines(new LineFile(file), required, nanoTime);
        try {
            audit.output.reopen();
            return audit;
        } catch (IOException e) {
            throw new IllegalStateException("the audit log " + file + " is not writable", e);
        }
    }

    @Override
    public synchronized void add(AuditEvent event) {
        try {
            output.write(failing ? notice() + line(event) : line(event));
            recovered();
        } catch (IOException e) {
            missing++;
            lost++;
            failed(e);
        }
    }

    @Override
    public void require() {
        if (required) {
            try {
                check();
            } catch (StorageUnavailable e) {
                throw new StorageUnavailable(
                        "The audit log is not writable, and changes that can't be logged are refused; try again later",
                        e);
            }
        }
    }

    /**
     * Checks that lines can be written; after a failure, by writing one.
     *
     * @throws StorageUnavailable when they can't be written
     */
    public synchronized void check() {
        if (failing) {
            try {
                output.write(notice());
                recovered();
            } catch (IOException e) {
                failed(e);
                throw new StorageUnavailable("The audit log is not writable", e);
            }
        }
        if (output.freeSpace() < LEAST_SPACE) {
            throw new StorageUnavailable("The disk of the audit log is full", null);
        }
    }

    /** Lines lost since the start. */
    public synchronized long lost() {
        return lost;
    }

    /** Whether the last write failed. */
    public synchronized boolean isFailing() {
        return failing;
    }

    /** Reopens the file, for example after a rotation. A file that was renamed or removed is also reopened by the next write. */
    public synchronized void reopen() {
        try {
            output.reopen();
            LOG.info("Reopened the audit log {}", output);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    private void failed(IOException e) {
        failing = true;
        long now = nanoTime.getAsLong();
        if (lastError.isEmpty() || now - lastError.get() >= ERROR_INTERVAL) {
            lastError = Optional.of(now);
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("file", output)
                    .addKeyValue("lines_lost", lost)
                    .log("Could not write to the audit log");
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            lastError = Optional.empty();
            LOG.atWarn()
                    .addKeyValue("file", output)
                    .addKeyValue("lines_lost", missing)
                    .log("The audit log is writable again");
            missing = 0;
        }
    }

    private String notice() {
        return line(new AuditEvent(
                Optional.of(Principal.SERVICE),
                "audit.lines_lost",
                Optional.empty(),
                "failed",
                Map.of("count", Long.toString(missing))));
    }

    private String line(AuditEvent event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS));
        fields.put("level", "INFO");
        fields.put("logger", NAME);
        fields.put("thread", Thread.currentThread().getName());
        fields.put("message", NAME);
        Map<String, String> carried = MDC.getCopyOfContextMap();
        if (carried != null) {
            carried.forEach(fields::putIfAbsent);
        }
        fields.put("principal", event.principal().flatMap(Principal::id).orElse(""));
        fields.put("name", event.principal().map(Principal::name).orElse(""));
        fields.put("operation", event.operation());
        fields.put("result", event.result());
        event.key().ifPresent(key -> fields.put("key", key));
        event.detail().forEach(fields::putIfAbsent);
        return JsonLine.of(fields);
    }
}
