/**
 * A client of the HTTP API of Stowage. {@link dev.stowage.client.StowageClient} is the entry point.
 *
 * <p>Every method that calls the service waits for its response, throws {@link dev.stowage.client.StowageException} when the call fails,
 * and {@link java.lang.InterruptedException} when its thread is interrupted. Whether an interrupted call had an effect is unknown, as
 * with any call whose response is lost.
 *
 * <p>A call that fails because the service is unreachable or busy is repeated with increasing pauses, until
 * {@link dev.stowage.client.StowageClient.Builder#retryTimeout} is over. Only calls that can be repeated without another effect are, and
 * those that the service has refused to begin (429 and 503).
 */
@NullMarked
package dev.stowage.client;

import org.jspecify.annotations.NullMarked;
