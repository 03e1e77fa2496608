package dev.stowage.jwt;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Has the key set that a test gives it, at once or when the test says so. */
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

    /** From now on reading takes until the result is completed. */
    synchronized CompletableFuture<String> hang() {
        answer = new CompletableFuture<>();
        return answer;
    }

    /** How often it was read. */
    synchronized int reads() {
        return reads;
    }

    @Override
    public synchronized CompletableFuture<String> read() {
        reads++;
        return answer;
    }
}
