/** Clients with little overhead: HTTP over sockets, and S3 by the SDK. */
@NullMarked
package dev.stowage.bench.client;

import org.jspecify.annotations.NullMarked;
