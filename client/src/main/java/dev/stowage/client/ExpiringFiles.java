package dev.stowage.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which files rules would delete now.
 *
 * @param count the number of files that this request found
 * @param bytes their total size
 * @param files the first of them, at most 100
 * @param next the cursor of the next request, which compares further files; empty when all were compared
 */
public record ExpiringFiles(long count, long bytes, List<Taken> files, Optional<String> next) {

    /** The list is copied. */
    public ExpiringFiles {
        files = List.copyOf(files);
    }

    /**
     * A file that a rule would delete.
     *
     * @param size in bytes
     * @param rule the id of the rule
     */
    public record Taken(String key, long size, Instant lastModified, String rule) {

        static Taken of(JsonFields json) {
            return new Taken(json.text("key"), json.number("size"), json.time("last_modified"), json.text("rule"));
        }
    }

    static ExpiringFiles of(JsonFields json) {
        return new ExpiringFiles(
                json.number("count"),
                json.number("bytes"),
                json.list("files", Taken::of),
                json.optionalText("next_cursor"));
    }
}
