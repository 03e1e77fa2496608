package dev.stowage.jwt;

import java.util.concurrent.CompletableFuture;

/** Where the issuer writes its key set. */
interface KeySource {

    /** Of a key set, in bytes. */
    int LARGEST = 512 << 10;

    /** Reads the key set as text, within a bounded time and without blocking for long; fails with what people may be told of it. */
    CompletableFuture<String> read();
}
