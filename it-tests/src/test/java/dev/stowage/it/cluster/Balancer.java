package dev.stowage.it.cluster;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.UnexpectedReply;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends the requests of one client to nodes at random, and sends a request again when a node can't be reached, does not respond, or
 * responds with {@code 503}. Such a node gets no requests for the time that it says in {@code Retry-After}, or a
 * second; after several timeouts, for up to half a minute. For one thread.
 */
final class Balancer {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration OUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_OUT = Duration.ofSeconds(5);
    private static final int UNAVAILABLE = 503;

    private final List<Node> nodes;
    private final long[] outUntil;
    private final int[] timeouts;
    private final Random random;

    /**
     * A response.
     *
     * @param again whether the request was sent more than once, so that nodes may still do what it asks for
     */
    record Answer<T>(T value, boolean again) {}

    Balancer(List<Node> nodes, long seed) {
        this.nodes = nodes;
        this.outUntil = new long[nodes.size()];
        this.timeouts = new int[nodes.size()];
        this.random = new Random(seed);
        for (int i = 0; i < outUntil.length; i++) {
            outUntil[i] = System.nanoTime();
        }
    }

    /** Calls {@code request} until it succeeds, and returns its result. */
    <T> T get(Function<Api, T> request) throws InterruptedException {
        return call(request).value();
    }

    /**
     * Calls {@code request} until it succeeds.
     *
     * @throws UnexpectedReply when a response is neither expected nor a reason to try again
     */
    <T> Answer<T> call(Function<Api, T> request) throws InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        for (int attempt = 1; ; attempt++) {
            int number = next();
            try {
                Answer<T> answer = new Answer<>(request.apply(nodes.get(number).api()), attempt > 1);
                timeouts[number] = 0;
                return answer;
            } catch (UncheckedIOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                leaveOut(number, e.getCause() instanceof HttpTimeoutException ? afterTimeout(number) : OUT);
            } catch (UnexpectedReply e) {
                if (e.status() != UNAVAILABLE || System.nanoTime() > end) {
                    throw e;
                }
                leaveOut(number, retryAfter(e));
            }
        }
    }

    private int next() throws InterruptedException {
        int number = random.nextInt(outUntil.length);
        for (int i = 0; i < outUntil.length; i++) {
            int candidate = (number + i) % outUntil.length;
            if (outUntil[candidate] - System.nanoTime() <= 0) {
                return candidate;
            }
            if (outUntil[candidate] - outUntil[number] < 0) {
                number = candidate;
            }
        }
        TimeUnit.NANOSECONDS.sleep(outUntil[number] - System.nanoTime());
        return number;
    }

    /** Otherwise most of the time would be spent on a node that is suspended. */
    private Duration afterTimeout(int number) {
        timeouts[number]++;
        return OUT.multipliedBy(1L << Math.min(timeouts[number], 5));
    }

    private void leaveOut(int number, Duration time) {
        outUntil[number] = System.nanoTime() + time.toNanos();
    }

    private static Duration retryAfter(UnexpectedReply reply) {
        if (!reply.retryAfter().matches("[0-9]{1,4}")) {
            throw new AssertionError("503 without Retry-After: " + reply.getMessage());
        }
        Duration time = Duration.ofSeconds(Long.parseLong(reply.retryAfter()));
        return time.compareTo(LONGEST_OUT) > 0 ? LONGEST_OUT : time;
    }
}
