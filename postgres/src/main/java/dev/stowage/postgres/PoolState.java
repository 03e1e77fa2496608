package dev.stowage.postgres;

/**
 * The use of a pool of connections.
 *
 * @param active connections in use
 * @param idle connections that are open and not in use
 * @param waiting threads that wait for a connection
 * @param most the maximum number of connections
 */
public record PoolState(int active, int idle, int waiting, int most) {}
