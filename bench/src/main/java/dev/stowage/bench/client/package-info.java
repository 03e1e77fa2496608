/** Clients that cost little: of HTTP by sockets, of S3 by the SDK. */
@NullMarked
package dev.stowage.bench.client;

import org.jspecify.annotations.NullMarked;

