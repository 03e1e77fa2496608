package dev.stowage.client;

import java.util.Optional;

/**
 * The result of one key in a batch deletion.
 *
 * @param deleted whether the file was deleted; false also when there was none
 * @param error the stable code of the failure, such as {@code FileNotFound} or {@code AccessDenied}; empty when the file was deleted
 * @param message for people
 */
public record DeletedFile(String key, boolean deleted, Optional<String> error, String message) {

    static DeletedFile of(JsonFields json) {
        return new DeletedFile(
                json.text("key"), json.flag("success"), json.optionalText("error"), json.text("message"));
    }
}
