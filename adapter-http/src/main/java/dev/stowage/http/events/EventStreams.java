package dev.stowage.http.events;

import dev.stowage.core.access.Principal;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.limit.OwnerSlots;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The streams of server-sent events of one route (WHATWG HTML, section 9.2). Each of them polls its source at an interval until the client
 * or the service ends it. Safe for concurrent use.
 */
public final class EventStreams implements AutoCloseable {

    /** The media type of a stream. */
    public static final String TYPE = "text/event-stream";

    /** How long a stream may be silent, so that proxies keep it open and a client that is gone is noticed. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final OwnerSlots places;
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param places the slots of streams
     * @param interval between two polls
     */
    public EventStreams(OwnerSlots places, Duration interval) {
        this.places = places;
        this.interval = interval;
    }

    /** Writes the events of a stream. */
    @FunctionalInterface
    public interface Body {

        /** Writes events until the stream ends. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Responds with a stream, and returns when it has ended. A response to HEAD has no events.
     *
     * @param instead what a client can do if it has too many streams, such as {@code poll instead}
     * @throws RequestException when it has too many
     */
    public void respond(Context ctx, String instead, Body body) throws IOException {
        Principal caller = Caller.of(ctx);
        if (!places.take(caller)) {
            throw RequestException.tooManyRequests("Too many event streams are open; close some, or " + instead);
        }
        try {
            HttpServletResponse response = ctx.res();
            response.setContentType(TYPE);
            response.setHeader("Cache-Control", "no-store");
            // Without this nginx buffers events.
            response.setHeader("X-Accel-Buffering", "no");
            if (!ctx.method().equals(HandlerType.HEAD)) {
                body.write(response.getOutputStream());
            }
        } finally {
            places.leave(caller);
        }
    }

    /** Returns the time between two polls. */
    public Duration interval() {
        return interval;
    }

    /** Waits for the next poll; returns whether the streams have to end instead. */
    public boolean awaitEnd() {
        try {
            return closing.await(interval.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether the streams have to end. */
    public boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends all streams within one poll interval; their clients reconnect with the id of the last event. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
    }
}
