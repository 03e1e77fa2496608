package dev.stowage.core.multipart;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;

/** An upload that is open in the store. */
public record UploadInfo(ObjectKey key, UploadId id, Instant initiated) {}
