package dev.stowage.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Follows the log of events by its stream. When the stream ends or can't be opened, pages are read, and then the stream is opened again from
 * the position behind them. So the watch needs no stream: without one, it polls. Used by one thread.
 */
final class EventWatch {

    private static final int PAGE = 1000;

    private final ApiConnection connection;
    private final RemoteEvents events;
    private final EventSelection filter;
    private final EventListener listener;

    private String position = RemoteEvents.NOW;

    EventWatch(ApiConnection connection, RemoteEvents events, EventSelection filter, EventListener listener) {
        this.connection = connection;
        this.events = events;
        this.filter = filter;
        this.listener = listener;
    }

    /** Ends only by an exception. */
    void run(String after) throws InterruptedException {
        RetryPolicy.Attempts attempts = connection.retries().begin();
        position = after;
        while (true) {
            readPages();
            if (followStream()) {
                attempts.progress();
            }
            attempts.pause();
        }
    }

    /** The first page also replaces {@code now} by a position, which a broken connection does not move. */
    private void readPages() throws InterruptedException {
        EventListing page;
        do {
            page = events.list(filter, position, PAGE);
            if (page.missed()) {
                listener.missed();
            }
            page.events().forEach(listener::event);
            position = page.next();
        } while (page.more());
    }

    /** Reads events until the stream ends. Returns whether it has moved on. */
    private boolean followStream() throws InterruptedException {
        Optional<ResponseStream> opened = open();
        if (opened.isEmpty()) {
            return false;
        }
        String begin = position;
        try (ResponseStream body = opened.get()) {
            EventStream stream = new EventStream(body, Optional.of(position));
            for (Optional<EventStream.Event> next = next(stream); next.isPresent(); next = next(stream)) {
                tell(next.get());
            }
        } catch (InterruptedIOException e) {
            throw ApiConnection.interrupted(e);
        } catch (IOException broken) {
            // As at the end of the stream, pages are read.
        }
        return !begin.equals(position);
    }

    /** The position also moves on by ids without an event, which the service sends while no event matches the filter. */
    private Optional<EventStream.Event> next(EventStream stream) throws IOException {
        try {
            return stream.next();
        } finally {
            position = stream.lastId().orElse(position);
        }
    }

    private void tell(EventStream.Event event) {
        if (event.name().equals("missed")) {
            listener.missed();
            return;
        }
        listener.event(EventDetails.of(
                JsonFields.ofAnswer(JsonFields.parse(event.data().getBytes(StandardCharsets.UTF_8)))));
    }

    /** Returns nothing when the service, or a proxy, refuses the stream, such as when too many are open. */
    private Optional<ResponseStream> open() throws InterruptedException {
        String target = RemoteEvents.EVENTS + "?after=" + UrlText.query(position) + filter.query();
        try {
            return Optional.of(connection
                    .openOnce(ApiRequest.get(target).with("Accept", "text/event-stream"))
                    .body());
        } catch (StowageException refused) {
            return Optional.empty();
        }
    }
}
