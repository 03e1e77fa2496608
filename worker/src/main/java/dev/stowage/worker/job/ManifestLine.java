package dev.stowage.worker.job;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.ObjectKey;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of a manifest, or the lines of a CSV record with line breaks inside quotes.
 *
 * @param last the number of its last line, from 1
 * @param item the item on it; empty for an empty line, or a header
 */
record ManifestLine(long last, Optional<NewItem> item) {

    /** A line without an item. */
    static ManifestLine empty(long last) {
        return new ManifestLine(last, Optional.empty());
    }

    /** A line with a key, which may be invalid. */
    static ManifestLine of(long first, long last, String key) {
        NewItem item;
        try {
            item = NewItem.of(new ObjectKey(key));
        } catch (InvalidInput e) {
            JobFailure failure = JobFailure.of(e);
            String message = where(first, last) + ": " + failure.message();
            item = NewItem.failed(shown(key, place(first)), new JobFailure(failure.error(), message));
        }
        return new ManifestLine(last, Optional.of(item));
    }

    /** A line without a readable key. */
    static ManifestLine malformed(long first, long last, String why) {
        JobFailure failure = new JobFailure("InvalidRequest", where(first, last) + " " + why);
        return new ManifestLine(last, Optional.of(NewItem.failed(place(first), failure)));
    }

    private static String where(long first, long last) {
        return "Line " + first + (last > first ? " (to line " + last + ")" : "") + " of the manifest";
    }

    private static String place(long line) {
        return "line " + line;
    }

    /** The key when it can be stored and shown; otherwise its place. */
    static String shown(String key, String place) {
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        boolean plain = !key.isEmpty()
                && key.length() <= ObjectKey.MAX_BYTES
                && key.chars().noneMatch(Character::isISOControl)
                && utf8.canEncode(key);
        return plain ? key : place;
    }
}
