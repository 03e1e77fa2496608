package dev.stowage.s3;

import java.time.Duration;

/**
 * Time limits for calls to the store.
 *
 * @param connect for connecting, and for getting a connection from the pool
 * @param idle between bytes sent or received; the only limit of long bodies
 * @param attempt for one attempt of a call without a long body
 * @param call for all attempts of a call without a long body
 * @param buffer for getting an upload buffer, for a body of unknown length
 */
record Timeouts(Duration connect, Duration idle, Duration attempt, Duration call, Duration buffer) {

    /**
     * Suitable for a store in a data center. The idle limit is long because some stores respond to a copy of 5 GB only when
     * it is complete.
     */
    static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(30));
}
