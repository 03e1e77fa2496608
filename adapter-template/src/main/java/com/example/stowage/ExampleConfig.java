package com.example.stowage;

import dev.stowage.core.config.Settings;

/**
 * The settings of the store. Name yours as your store is named, so that they do not collide with those of the service.
 *
 * @param bucket the name of the bucket that clients see
 */
record ExampleConfig(String bucket) {

    static ExampleConfig from(Settings settings) {
        if (settings.text("EXAMPLE_BUCKET").isEmpty()) {
            settings.problem("EXAMPLE_BUCKET", "is missing; name the bucket");
        }
        return new ExampleConfig(settings.text("EXAMPLE_BUCKET", ""));
    }
}
