package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.process.Server;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Downloads that go on while something else is measured. */
final class Background {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Background() {}

    /** Starts them, and returns when they are under way. */
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
                    connection.ask("GET", path);
                }
            });
            ended.complete(null);
        } catch (Exception e) {
            ended.completeExceptionally(e);
        }
    }

    /** Ends them, when each has come to the end of what it is at. */
    void stop() throws Exception {
        stopped.set(true);
        ended.get(1, TimeUnit.MINUTES);
    }
}
