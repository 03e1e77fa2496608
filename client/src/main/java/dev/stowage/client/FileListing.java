package dev.stowage.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of a listing, in the order of the keys' bytes in UTF-8.
 *
 * @param files at most 1000
 * @param prefixes with a delimiter, the prefixes that stand for all files below them
 * @param unaddressable how many objects the page leaves out, because their keys can't be used in a request
 * @param next the token of the next page; empty on the last one
 */
public record FileListing(List<Entry> files, List<String> prefixes, long unaddressable, Optional<String> next) {

    /** The lists are copied. */
    public FileListing {
        files = List.copyOf(files);
        prefixes = List.copyOf(prefixes);
    }

    /**
     * A file in a listing.
     *
     * @param size in bytes
     * @param etag without quotes
     */
    public record Entry(String key, long size, Instant lastModified, String etag) {

        static Entry of(JsonFields json) {
            return new Entry(json.text("key"), json.number("size"), json.time("last_modified"), json.text("etag"));
        }
    }

    static FileListing of(JsonFields json) {
        return new FileListing(
                json.list("files", Entry::of),
                json.texts("common_prefixes"),
                json.optionalNumber("unaddressable").orElse(0),
                json.optionalText("next_continuation_token"));
    }
}
