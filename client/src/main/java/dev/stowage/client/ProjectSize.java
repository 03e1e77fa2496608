package dev.stowage.client;

import java.util.OptionalLong;

/**
 * What a project stores.
 *
 * @param bytes the total size of its files
 * @param quota the most bytes that it may store; empty for no limit
 */
public record ProjectSize(String project, long bytes, long files, OptionalLong quota) {

    static ProjectSize of(JsonFields json) {
        return new ProjectSize(
                json.text("project"), json.number("bytes"), json.number("files"), json.optionalNumber("quota"));
    }
}
