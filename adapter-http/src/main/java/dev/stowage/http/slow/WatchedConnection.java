package dev.stowage.http.slow;

/** A connection, as somebody sees it who looks at it now and then. */
interface WatchedConnection {

    /** How many requests have come by it, with a complete head. */
    long requests();

    /** Whether the last of them is under way, its answer included. */
    boolean isHandling();

    /** Whether something has come of the next one, and its head is not complete. */
    boolean isInHead();

    /** Whether the server waits for the client to send. */
    boolean isReading();

    /** Whether the server waits for the client to receive. */
    boolean isWriting();

    /** Bytes in both directions so far, as the network has them. */
    long moved();

    /** Lets the request under way end as one that was not sent in time; what waits for its body waits no longer. */
    void refuse();

    /** Ends the connection, and what is under way on it. */
    void cut();
}
