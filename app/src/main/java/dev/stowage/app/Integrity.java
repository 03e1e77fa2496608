package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.http.ops.HealthCheck;
import dev.stowage.worker.MaintenanceTask;
import dev.stowage.worker.sqlite.WorkerDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the databases for damage, once, in the background. Damage is logged as an error, and is reported by {@code /readyz} and the
 * meters until the process ends. Safe for concurrent use.
 */
final class Integrity {

    private static final Logger LOG = LoggerFactory.getLogger(Integrity.class);

    private final Configuration configuration;
    private final AtomicBoolean verified = new AtomicBoolean();
    private volatile boolean damaged;

    Integrity(Configuration configuration) {
        this.configuration = configuration;
    }

    /** What is damaged in the databases in the data folder, for operators; empty when they are intact. Reads all of them. */
    static Optional<String> damage(Configuration configuration) {
        Path file = configuration.dataDirectory().resolve(SqliteServiceDatabase.FILE);
        Optional<String> database =
                configuration.database().isPresent() ? Optional.empty() : WorkerDatabase.damage(file);
        return database.map(found -> file + ": " + found)
                .or(() -> configuration.store().damage(configuration.dataDirectory()));
    }

    MaintenanceTask maintenance() {
        return new MaintenanceTask("Checking the databases for damage", true, this::verify);
    }

    HealthCheck check() {
        return new HealthCheck("integrity", () -> {
            if (damaged) {
                throw new StorageRejected("A database is damaged; see the log, and restore a backup", null);
            }
        });
    }

    void bind(MeterRegistry registry) {
        Gauge.builder("stowage.database.damaged", this, integrity -> integrity.damaged ? 1 : 0)
                .description("1 when a database was found to be damaged")
                .register(registry);
    }

    private void verify() {
        if (verified.getAndSet(true)) {
            return;
        }
        Optional<String> found = damage(configuration);
        damaged = found.isPresent();
        found.ifPresent(what -> LOG.error("A database is damaged; stop the service and restore a backup: {}", what));
    }
}
