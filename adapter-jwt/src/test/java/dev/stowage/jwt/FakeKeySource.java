package dev.stowage.jwt;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Returns the key set that a test publishes, at once or when the test completes the read. */
final class FakeKeySource implements KeySource {

    private CompletableFuture<String> answer;
    private int reads;

    FakeKeySource(String document) {
        answer = CompletableFuture.completedFuture(document);
    }

    synchronized void publish(String document) {
        answer = CompletableFuture.completedFuture(document);
    }

    synchronized void fail() {
        answer = CompletableFuture.failedFuture(new IOException("down"));
    }

    /** Lets reads wait until the returned future is completed. */
    synchronized CompletableFuture<String> hang() {
        answer = new CompletableFuture<>();
        return answer;
    }

    /** The number of reads. */
    synchronized int reads() {
        return reads;
    }

    @Override
    public synchronized CompletableFuture<String> read() {
        reads++;
        return answer;
    }
}
