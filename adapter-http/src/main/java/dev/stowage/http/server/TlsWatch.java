package dev.stowage.http.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Periodically checks whether the certificate was renewed. */
final class TlsWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stowage-tls");
        thread.setDaemon(true);
        return thread;
    });

    private TlsWatch() {}

    static TlsWatch start(TlsIdentity identity) {
        TlsWatch watch = new TlsWatch();
        Future<?> unused = watch.executor.scheduleWithFixedDelay(
                identity::refresh, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
