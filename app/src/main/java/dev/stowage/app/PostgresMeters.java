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
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of PostgreSQL. Those that need a query are measured on a thread of their own, so that no scrape waits for the database. */
final class PostgresMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresMeters.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final double NANOS = 1e9;

    private final PostgresDatabase database;
    private final PostgresClock clock;
    private final InstantSource host;
    private final ThreadScheduler scheduler = new ThreadScheduler("stowage-database-meters");
    private volatile Optional<DatabaseLoad> load = Optional.empty();

    /** @param host the clock of this machine */
    PostgresMeters(PostgresDatabase database, PostgresClock clock, InstantSource host) {
        this.database = database;
        this.clock = clock;
        this.host = host;
    }

    /** Registers the meters, and begins to measure. To be called once. */
    void bind(MeterRegistry registry) {
        connections(registry, "active", PoolState::active);
        connections(registry, "idle", PoolState::idle);
        gauge("connections.max", () -> database.pool().most())
                .description("The most connections of this node")
                .register(registry);
        gauge("connections.waiting", () -> database.pool().waiting())
                .description("Threads that wait for a connection")
                .register(registry);
        duration("clock.offset", () -> clock.offsetOf(host))
                .description("How far the clock of this machine is ahead of the database's; it is not used")
                .register(registry);
        duration("clock.age", clock::age)
                .description("Time since the database's clock was read")
                .register(registry);
        duration("clock.roundtrip", clock::roundTrip)
                .description("How long that took")
                .register(registry);
        gauge("usage.changes", () -> measured(DatabaseLoad::usageChanges))
                .description("Changes of usage that are not folded into totals yet, of all nodes; at most 100000")
                .register(registry);
        gauge("lock.waits", () -> measured(DatabaseLoad::lockWaits))
                .description("Transactions of all nodes that wait for a lock")
                .register(registry);
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

    /** Not a number when the last measurement failed. */
    private double measured(ToLongFunction<DatabaseLoad> value) {
        Optional<DatabaseLoad> last = load;
        return last.isPresent() ? value.applyAsLong(last.get()) : Double.NaN;
    }

    private void connections(MeterRegistry registry, String state, ToIntFunction<PoolState> count) {
        gauge("connections", () -> count.applyAsInt(database.pool()))
                .tag("state", state)
                .description("Connections of this node to the database")
                .register(registry);
    }

    private static Gauge.Builder<Supplier<Number>> duration(String name, Supplier<Duration> value) {
        return gauge(name, () -> value.get().toNanos() / NANOS).baseUnit("seconds");
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String name, Supplier<Number> value) {
        return Gauge.builder("stowage.database." + name, value);
    }

    /** Stops measuring, within a few seconds. Idempotent. */
    @Override
    public void close() {
        scheduler.close();
    }
}
