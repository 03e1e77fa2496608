package dev.stowage.client;

import java.util.List;

/**
 * What a service says about itself to everyone.
 *
 * @param layout of the keys that can be written
 * @param store the kind of store
 * @param maxFileSize of one upload that is not resumable, in bytes
 * @param features that are switched on
 */
public record ServiceDetails(String version, String layout, String store, long maxFileSize, List<String> features) {

    /** The list is copied. */
    public ServiceDetails {
        features = List.copyOf(features);
    }

    static ServiceDetails of(JsonFields json) {
        return new ServiceDetails(
                json.text("version"),
                json.text("layout"),
                json.text("store"),
                json.number("max_file_size"),
                json.texts("features"));
    }
}
