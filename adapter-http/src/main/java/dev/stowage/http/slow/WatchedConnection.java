package dev.stowage.http.slow;

/** The state of a connection that {@link StallMonitor} checks. */
interface WatchedConnection {

    /** The number of requests with a complete header section. */
    long requests();

    /** Whether the last of them is running, including its response. */
    boolean isHandling();

    /** Whether a part of the next header section has arrived. */
    boolean isInHead();

    /** Whether the server is waiting for the client to send. */
    boolean isReading();

    /** Whether the server is waiting for the client to receive. */
    boolean isWriting();

    /** The bytes transferred so far in both directions, at the network level. */
    long moved();

    /** Ends the running request as one that was not received in time; a blocked read of its body fails. */
    void refuse();

    /** Closes the connection and ends its running request. */
    void cut();
}
