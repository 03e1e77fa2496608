package dev.stowage.http.ops;

/**
 * Something that has to work for the service to be ready.
 *
 * @param name of what is checked, as clients see it in the detail of {@code /readyz}
 * @param check fails with a {@link dev.stowage.core.error.StorageException} whose message says, for anyone, what does not work; other
 *     exceptions are told as no answer. Called by one thread, every two seconds at most; takes up to 5 seconds together with the others
 */
public record HealthCheck(String name, Runnable check) {}
