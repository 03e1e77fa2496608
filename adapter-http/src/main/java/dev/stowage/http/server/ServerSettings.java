package dev.stowage.http.server;

import dev.stowage.http.limit.Limits;
import java.time.Duration;

/**
 * The settings of the server.
 *
 * @param limits the limits on what clients may use
 * @param shutdownTimeout how long the server waits for running requests when it stops
 */
public record ServerSettings(Listener listener, Limits limits, Duration shutdownTimeout) {}
