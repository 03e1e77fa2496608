package dev.stowage.it.example;

import dev.stowage.core.config.Settings;

/**
 * The settings of the example.
 *
 * @param bucket what clients see as the bucket's name
 */
record MemoryConfig(String bucket) {

    static MemoryConfig from(Settings settings) {
        if (settings.text("MEMORY_BUCKET").isEmpty()) {
            settings.problem("MEMORY_BUCKET", "is missing; give the store a name");
        }
        return new MemoryConfig(settings.text("MEMORY_BUCKET", "memory"));
    }
}
