package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link to be created: without limits, and for downloads, unless it is said otherwise.
 *
 * @param target a key, or for a folder a prefix
 * @param folder whether the target is a prefix
 * @param upload whether the link takes files instead of giving them
 * @param lifetime to the second; empty for a link that does not expire
 * @param maxUses the number of downloads or uploads after which it ends
 * @param maxSize of each uploaded file in bytes
 * @param password that users of the link need
 */
public record NewFileLink(
        String target,
        boolean folder,
        boolean upload,
        Optional<Duration> lifetime,
        OptionalLong maxUses,
        OptionalLong maxSize,
        Optional<String> password) {

    /** Returns a link to one file, which need not exist yet. */
    public static NewFileLink toFile(String key) {
        return to(key, false);
    }

    /** Returns a link to all files whose keys begin with a prefix. */
    public static NewFileLink toFolder(String prefix) {
        return to(prefix, true);
    }

    private static NewFileLink to(String target, boolean folder) {
        return new NewFileLink(
                target, folder, false, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** Returns the same link for uploads. The prefix of a folder has to end with a slash. */
    public NewFileLink forUploads() {
        return new NewFileLink(target, folder, true, lifetime, maxUses, maxSize, password);
    }

    /** Returns the same link with another lifetime. */
    public NewFileLink expiringAfter(Duration time) {
        return new NewFileLink(target, folder, upload, Optional.of(time), maxUses, maxSize, password);
    }

    /** Returns the same link with a number of uses. */
    public NewFileLink withMaxUses(long uses) {
        return new NewFileLink(target, folder, upload, lifetime, OptionalLong.of(uses), maxSize, password);
    }

    /** Returns the same link with a maximum size of uploaded files, in bytes. */
    public NewFileLink withMaxSize(long bytes) {
        return new NewFileLink(target, folder, upload, lifetime, maxUses, OptionalLong.of(bytes), password);
    }

    /** Returns the same link with a password of 1 to 72 bytes of UTF-8. */
    public NewFileLink withPassword(String text) {
        return new NewFileLink(target, folder, upload, lifetime, maxUses, maxSize, Optional.of(text));
    }

    ObjectNode json() {
        ObjectNode json = JsonFields.newObject()
                .put(folder ? "prefix" : "key", target)
                .put("kind", upload ? "upload" : "download");
        lifetime.ifPresent(time -> json.put("expires_in", time.toSeconds()));
        maxUses.ifPresent(uses -> json.put("max_uses", uses));
        maxSize.ifPresent(bytes -> json.put("max_size", bytes));
        password.ifPresent(text -> json.put("password", text));
        return json;
    }

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "NewFileLink[" + target + "]";
    }
}
