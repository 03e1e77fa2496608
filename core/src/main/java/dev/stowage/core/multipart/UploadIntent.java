package dev.stowage.core.multipart;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The intent to begin an upload, on record before the store is asked: what a crash leaves in the store between its answer and the
 * session is found by it.
 *
 * @param id unique
 * @param process that has it; empty when the store's answer was lost, so that nobody has the upload's name
 */
public record UploadIntent(String id, ObjectKey key, Instant time, Optional<ProcessId> process) {}
