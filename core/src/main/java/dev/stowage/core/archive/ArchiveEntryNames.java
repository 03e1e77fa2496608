package dev.stowage.core.archive;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The entry names of a ZIP file: relative paths that every program unpacks to the same place (PKWARE's APPNOTE 6.3.10, 4.4.17).
 *
 * <p>An entry has the name of its key without the prefix to strip. Characters that would make the path unsafe are percent-encoded, as is a
 * {@code %} at the beginning of text that looks like such an encoding. Decoding therefore restores the key, and different keys get
 * different names without a record of the names. A key that does not begin with the prefix keeps its full text, in a folder that no other
 * key can lead to.
 */
public final class ArchiveEntryNames {

    /** The folder of keys without the prefix. In other names, an encoded slash at the beginning is never followed by a plain one. */
    private static final String OUTSIDE = "%2F/";

    /** All encodings that are ever written: one for each character that {@link #UNSAFE} matches. */
    private static final String CODE =
            "%(?:2[5EF]|3A|5C|[01][0-9A-F]|7F|C2%[89][0-9A-F]|E2%80%A[89A-E]|E2%81%A[6-9]|EF%BB%BF)";

    private static final String SEGMENT_START = "(?<![^/])";
    private static final String SEGMENT_END = "(?![^/])";

    private static final Pattern UNSAFE = Pattern.compile(String.join(
            "|",
            "(?=" + CODE + ")%",
            "[\\\\\\p{Cc}\\u0080-\\u009F\\u2028-\\u202E\\u2066-\\u2069\\uFEFF]",
            // An empty segment, or a slash at the beginning or the end.
            SEGMENT_START + "/",
            "/\\z",
            SEGMENT_START + "\\.{1,2}" + SEGMENT_END,
            // A drive letter, which some programs recognize in any segment.
            "(?<=" + SEGMENT_START + "[A-Za-z]):"));

    private final KeyPrefix strip;

    /** @param strip the prefix that is removed from keys */
    public ArchiveEntryNames(KeyPrefix strip) {
        this.strip = strip;
    }

    /**
     * Returns the entry name of an object: at most 3076 bytes of UTF-8. It ends with a slash, which makes it a folder, only when the object
     * is empty and its key ends with a slash, too.
     *
     * @param size of the object in bytes
     */
    public String of(ObjectKey key, long size) {
        String text = key.value();
        int stripped = strip.value().length();
        return strip.contains(key) && text.length() > stripped
                ? path(text.substring(stripped), size)
                : OUTSIDE + path(text, size);
    }

    private static String path(String text, long size) {
        boolean folder = size == 0 && text.length() > 1 && text.endsWith("/") && !text.endsWith("//");
        return folder ? encode(text.substring(0, text.length() - 1)) + "/" : encode(text);
    }

    private static String encode(String text) {
        return UNSAFE.matcher(text).replaceAll(ArchiveEntryNames::percentEncode);
    }

    private static String percentEncode(MatchResult unsafe) {
        StringBuilder codes = new StringBuilder();
        for (byte b : unsafe.group().getBytes(StandardCharsets.UTF_8)) {
            codes.append("%%%02X".formatted(b));
        }
        return codes.toString();
    }
}
