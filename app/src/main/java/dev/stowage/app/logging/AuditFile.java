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
 * The audit log in a file of its own, one JSON object a line, which carries what the thread does, such as {@code request_id}. The file is
 * only ever added to, each line in one write, so that several processes may share it; others rotate it.
 *
 * <p>Lines that can't be written are lost, but not in silence: they are counted, the application log has an error at most once a minute,
 * {@link #check} fails, and the first line that can be written again says how many are missing. Safe for concurrent use.
 */
public final class AuditFile implements AuditLog, AutoCloseable {

    /** With less free space, lines are about to be lost: enough for the changes that are under way at a time. */
    static final long LEAST_SPACE = 64 << 10;

    private static final String NAME = "audit";
    private static final long ERROR_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    private final Path path;
    private final LineFile file;
    private final boolean required;
    private final LongSupplier nanoTime;
    private final InstantSource clock = InstantSource.system();

    private boolean failing;
    /** Since a line could be written last. */
    private long missing;

    private long lost;
    private Optional<Long> lastError = Optional.empty();

    private AuditFile(Path path, boolean required, LongSupplier nanoTime) {
        this.path = path;
        this.file = new LineFile(path);
        this.required = required;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens the file, making it where it is missing, for its owner alone.
     *
     * @param required whether changes that can't be logged are to be refused: see {@link #require}
     * @throws IllegalStateException when it can't be opened
     */
    public static AuditFile open(Path file, boolean required) {
        return open(file, required, System::nanoTime);
    }

    static AuditFile open(Path file, boolean required, LongSupplier nanoTime) {
        AuditFile audit = new AuditFile(file, required, nanoTime);
        try {
            audit.file.reopen();
            return audit;
        } catch (IOException e) {
            throw new IllegalStateException("the audit log " + file + " can't be written to", e);
        }
    }

    @Override
    public synchronized void add(AuditEvent event) {
        try {
            file.write(failing ? notice() + line(event) : line(event));
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
                        "The audit log can't be written, and changes that are not logged are refused; try again later",
                        e);
            }
        }
    }

    /**
     * Finds out whether lines can be written; after a failure, by writing one.
     *
     * @throws StorageUnavailable when they can't be
     */
    public synchronized void check() {
        if (failing) {
            try {
                file.write(notice());
                recovered();
            } catch (IOException e) {
                failed(e);
                throw new StorageUnavailable("The audit log can't be written", e);
            }
        }
        if (file.freeSpace() < LEAST_SPACE) {
            throw new StorageUnavailable("The disk of the audit log is full", null);
        }
    }

    /** How many lines were lost since the start. */
    public synchronized long lost() {
        return lost;
    }

    /** Whether the last line could not be written. */
    public synchronized boolean isFailing() {
        return failing;
    }

    /** Opens the file anew, after it was rotated. It is also opened anew by itself when it was renamed or removed. */
    public synchronized void reopen() {
        try {
            file.reopen();
            LOG.info("Opened the audit log {} again", path);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void failed(IOException e) {
        failing = true;
        long now = nanoTime.getAsLong();
        if (lastError.isEmpty() || now - lastError.get() >= ERROR_INTERVAL) {
            lastError = Optional.of(now);
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("file", path)
                    .addKeyValue("lines_lost", lost)
                    .log("The audit log can't be written");
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            lastError = Optional.empty();
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("lines_lost", missing)
                    .log("The audit log can be written again");
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
