package dev.stowage.core.multipart;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The intent to create an upload, recorded before the store is called. If a crash leaves an upload in the store before its session is
 * recorded, it is found by the intent.
 *
 * @param id unique
 * @param process that is creating the upload; empty when the store's response was lost, so that the upload's id is unknown
 */
public record UploadIntent(String id, ObjectKey key, Instant time, Optional<ProcessId> process) {}
