package dev.stowage.jwt;

import java.util.concurrent.CompletableFuture;

/** The location from which the issuer's key set is read. */
interface KeySource {

    /** The maximum size of a key set, in bytes. */
    int LARGEST = 512 << 10;

    /** Reads the key set as text, within a bounded time and without blocking for long. The message of a failure may be logged. */
    CompletableFuture<String> read();
}
