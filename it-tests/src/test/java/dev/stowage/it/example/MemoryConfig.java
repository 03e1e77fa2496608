package dev.stowage.it.example;

import dev.stowage.core.config.Settings;
import dev.stowage.core.multipart.PartLimits;

/**
 * The settings of the example.
 *
 * @param bucket the name of the bucket that clients see
 * @param minPartSize of every part but the last, in bytes
 */
record MemoryConfig(String bucket, long minPartSize) {

    static MemoryConfig from(Settings settings) {
        if (settings.text("MEMORY_BUCKET").isEmpty()) {
            settings.problem("MEMORY_BUCKET", "is missing; give the store a name");
        }
        return new MemoryConfig(
                settings.text("MEMORY_BUCKET", "memory"),
                settings.size("MEMORY_MIN_PART_SIZE", PartLimits.S3.minSize(), 1, PartLimits.S3.minSize()));
    }
}
