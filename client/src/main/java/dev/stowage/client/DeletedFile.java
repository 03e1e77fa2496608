package dev.stowage.client;

/**
 * The result of one key in a batch deletion.
 *
 * @param deleted whether the file was deleted; false also when there was none
 * @param message for people
 */
public record DeletedFile(String key, boolean deleted, String message) {

    static DeletedFile of(JsonFields json) {
        return new DeletedFile(json.text("key"), json.flag("success"), json.text("message"));
    }
}
