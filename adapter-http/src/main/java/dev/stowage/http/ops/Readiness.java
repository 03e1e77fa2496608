package dev.stowage.http.ops;

import dev.stowage.core.error.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether everything that the service needs works. The checks are run by one thread, at most once in {@link #MAX_AGE}, however many
 * probes there are. Safe for concurrent use.
 */
public final class Readiness implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final List<HealthCheck> checks;
    private final InstantSource clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "readiness");
        daemon.setDaemon(true);
        return daemon;
    });

    private @Nullable Round last;
    /** The problems that the thread logged last. */
    private Map<String, String> noted = Map.of();
    /** The name of the running check; empty when none is running. */
    private volatile String checking = "";

    /** @param checks in the order in which they are run */
    public Readiness(List<HealthCheck> checks, InstantSource clock) {
        this.checks = List.copyOf(checks);
        this.clock = clock;
    }

    /**
     * Returns the reason for each part that does not work, in public terms; empty when everything works. Takes up to 5 seconds.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    Map<String, String> problems() throws InterruptedException {
        try {
            return current().result().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String name = checking;
            return Map.of(name, noResponse(name) + " within " + MAX_WAIT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return Map.of("service", "The checks failed");
        }
    }

    private synchronized Round current() {
        Instant now = clock.instant();
        if (last == null
                || (last.result().isDone() && last.started().plus(MAX_AGE).isBefore(now))) {
            last = new Round(now, CompletableFuture.supplyAsync(this::run, thread));
        }
        return last;
    }

    private Map<String, String> run() {
        Map<String, String> problems = new LinkedHashMap<>();
        for (HealthCheck check : checks) {
            checking = check.name();
            try {
                check.check().run();
            } catch (StorageException e) {
                problem(problems, check, String.valueOf(e.getMessage()), e);
            } catch (RuntimeException e) {
                problem(problems, check, noResponse(check.name()), e);
            }
        }
        if (problems.isEmpty() && !noted.isEmpty()) {
            LOG.info("Ready again");
        }
        noted = Map.copyOf(problems);
        return problems;
    }

    /** Logs new problems only, because probes come every few seconds and an outage may last. */
    private void problem(Map<String, String> problems, HealthCheck check, String reason, RuntimeException cause) {
        problems.put(check.name(), reason);
        if (!reason.equals(noted.get(check.name()))) {
            LOG.warn("Not ready: {}: {}", check.name(), reason, cause);
        }
    }

    private static String noResponse(String name) {
        return name.equals("storage")
                ? "The store does not respond"
                : "The " + name.replace('_', ' ') + " does not respond";
    }

    /** Interrupts running checks. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private record Round(Instant started, CompletableFuture<Map<String, String>> result) {}
}
