package dev.stowage.app;

import dev.stowage.core.error.StorageException;
import dev.stowage.postgres.DatabaseLoad;
import dev.stowage.postgres.PoolState;
import dev.stowage.postgres.PostgresClock;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.worker.schedule.ThreadScheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of PostgreSQL. Those that need a query are measured on a thread of their own, so that no scrape waits for the database. */
final class DatabaseMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseMeters.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final double NANOS = 1e9;

    private final PostgresDatabase database;
    private final PostgresClock clock;
    private final InstantSource host;
    private final ThreadScheduler scheduler = new ThreadScheduler("stowage-database-meters");
    private volatile Optional<DatabaseLoad> load = Optional.empty();

    /** @param host the clock of this machine */
    DatabaseMeters(PostgresDatabase database, PostgresClock clock, InstantSource host) {
        this.database = database;
        this.clock = clock;
        this.host = host;
    }

    /** Registers the meters, and begins to measure. To be called once. */
    void bind(MeterRegistry registry) {
        connections(registry, "active", PoolState::active);
        connections(registry, "idle", PoolState::idle);
        gauge(
                registry,
                "connections.max",
                "The most connections of this node",
                state -> state.database.pool().most());
        gauge(
                registry,
                "connections.waiting",
                "Threads that wait for a connection",
                state -> state.database.pool().waiting());
        seconds(
                registry,
                "clock.offset",
                "How far the clock of this machine is ahead of the database's; it is not used",
                state -> state.clock.offsetOf(state.host));
        seconds(registry, "clock.age", "Time since the database's clock was read", state -> state.clock.age());
        seconds(registry, "clock.roundtrip", "How long that took", state -> state.clock.roundTrip());
        gauge(
                registry,
                "usage.changes",
                "Changes of usage that are not folded into totals yet, of all nodes; at most 100000",
                state -> state.load
                        .map(DatabaseLoad::usageChanges)
                        .map(Long::doubleValue)
                        .orElse(Double.NaN));
        gauge(
                registry,
                "lock.waits",
                "Transactions of all nodes that wait for a lock",
                state -> state.load
                        .map(DatabaseLoad::lockWaits)
                        .map(Long::doubleValue)
                        .orElse(Double.NaN));
        scheduler.after(Duration.ZERO, this::measure);
    }

    private void measure() {
        try {
            load = Optional.of(database.load());
        } catch (StorageException e) {
            LOG.debug("Could not measure the load of the database", e);
            load = Optional.empty();
        } finally {
            scheduler.after(INTERVAL, this::measure);
        }
    }

    private void connections(MeterRegistry registry, String state, ToDoubleFunction<PoolState> value) {
        Gauge.builder("stowage.database.connections", database, of -> value.applyAsDouble(of.pool()))
                .tag("state", state)
                .description("Connections of this node to the database")
                .register(registry);
    }

    private void seconds(
            MeterRegistry registry, String name, String description, Function<DatabaseMeters, Duration> value) {
        Gauge.builder(
                        "stowage.database." + name,
                        this,
                        state -> value.apply(state).toNanos() / NANOS)
                .baseUnit("seconds")
                .description(description)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<DatabaseMeters> value) {
        Gauge.builder("stowage.database." + name, this, value)
                .description(description)
                .register(registry);
    }

    /** Stops measuring, within a few seconds. Idempotent. */
    @Override
    public void close() {
        scheduler.close();
    }
}
