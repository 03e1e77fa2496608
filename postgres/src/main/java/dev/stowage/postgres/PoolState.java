package dev.stowage.postgres;

/**
 * The use of a pool of connections.
 *
 * @param active connections that are lent
 * @param idle connections that are not
 * @param waiting threads that wait for a connection
 * @param most the most connections that it may have
 */
public record PoolState(int active, int idle, int waiting, int most) {}
