package com.example.stowage;

import dev.stowage.core.config.Settings;

/**
 * The settings of the store. Name yours as your store is named, so that they do not collide with those of the service.
 *
 * @param bucket the name of the bucket that clients see
 */
record ExampleConfig(String bucket) {

    static ExampleConfig from(Settings settings) {
        return new ExampleConfig(settings.required("EXAMPLE_BUCKET", "name the bucket"));
    }
}
