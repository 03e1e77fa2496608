package dev.stowage.http.ops;

/**
 * A check that must pass for the service to be ready.
 *
 * @param name of the checked part, as shown in the detail of {@code /readyz}
 * @param check fails with a {@link dev.stowage.core.error.StorageException} whose message is public and says what does not work; other
 *     exceptions are reported as no response. Called by one thread, at most every two seconds; may take up to 5 seconds together with the
 *     others
 */
public record HealthCheck(String name, Runnable check) {}
