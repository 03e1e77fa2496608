package dev.stowage.s3;

import java.time.Duration;

/**
 * How long to wait for the store.
 *
 * @param connect for a connection to be made, or to become free in the pool
 * @param idle for the next bytes to be sent or to arrive; long bodies have no other limit
 * @param attempt for one try of a call without a long body
 * @param call for all tries of a call without a long body
 * @param buffer for room in the upload buffers, for a body of unknown length
 */
record Timeouts(Duration connect, Duration idle, Duration attempt, Duration call, Duration buffer) {

    /**
     * What suits a store in a data centre. The idle limit is as long as it is because some stores answer a copy of 5 GB only when
     * it is done.
     */
    static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(30));
}
