package dev.stowage.client;

/** The events of a service: what has happened to files, uploads and jobs. Thread-safe. */
public final class RemoteEvents {

    /** The position before the oldest event. */
    public static final String BEGINNING = "0";

    /** The position after the latest event. */
    public static final String NOW = "now";

    static final String EVENTS = "/api/v1/events";

    private final ApiConnection connection;

    RemoteEvents(ApiConnection connection) {
        this.connection = connection;
    }

    /**
     * Returns a page of events.
     *
     * @param after the id of an event, {@link EventListing#next} of the previous page, {@link #BEGINNING} or {@link #NOW}
     * @param limit the most events in the page, 1 to 1000
     */
    public EventListing list(EventSelection filter, String after, int limit) throws InterruptedException {
        String target = EVENTS + "?after=" + UrlText.query(after) + "&limit=" + limit + filter.query();
        return EventListing.of(connection.call(ApiRequest.get(target)).json());
    }

    /**
     * Follows events until the thread is interrupted, or the call fails. When the connection breaks, it continues after the last event;
     * while there is no stream, as behind some proxies, it polls. No event is left out and none is told twice, except that a service tells
     * some changes twice after a crash of its own.
     *
     * @param after the position to begin at, as in {@link #list}
     * @throws StowageException when events can't be read any more, as after the credential was revoked, or while the service is away for
     *     longer than {@link StowageClient.Builder#retryTimeout}
     */
    public void follow(EventSelection filter, String after, EventListener listener) throws InterruptedException {
        new EventWatch(connection, this, filter, listener).run(after);
    }
}
