package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.process.Server;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Downloads that run while something else is measured. */
final class Background {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Background() {}

    /** Starts the downloads, and returns when they are running. */
    static Background start(Server server, int clients, String path) throws InterruptedException {
        Background background = new Background();
        Thread thread = new Thread(() -> background.run(server, clients, path), "background");
        thread.start();
        TimeUnit.SECONDS.sleep(1);
        return background;
    }

    private void run(Server server, int clients, String path) {
        try {
            Crowd.run(server.address(), clients, 1, (connection, client, turn) -> {
                while (!stopped.get()) {
                    connection.request("GET", path);
                }
            });
            ended.complete(null);
        } catch (Exception e) {
            ended.completeExceptionally(e);
        }
    }

    /** Stops the downloads after the ones in progress. */
    void stop() throws Exception {
        stopped.set(true);
        ended.get(1, TimeUnit.MINUTES);
    }
}
