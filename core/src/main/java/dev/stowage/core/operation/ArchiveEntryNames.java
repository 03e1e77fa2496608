package dev.stowage.core.operation;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The names of a ZIP's entries: relative paths that mean the same to every program that unpacks them (PKWARE's APPNOTE 6.3.10, 4.4.17).
 *
 * <p>An entry is named by its key, without the prefix to strip. Characters that would make the path unsafe are percent-encoded, as is a
 * {@code %} that begins what reads like one of these codes. So decoding the codes restores the key, and two keys never get the same name,
 * although no name is remembered. A key that does not begin with the prefix keeps its whole text, in a folder that no other key can lead
 * to.
 */
final class ArchiveEntryNames {

    /** The folder of keys outside the prefix. In other names an encoded slash at the beginning is never followed by a plain one. */
    private static final String OUTSIDE = "%2F/";

    /** All codes that are ever written: one for each character that {@link #UNSAFE} matches. */
    private static final String CODE =
            "%(?:2[5EF]|3A|5C|[01][0-9A-F]|7F|C2%[89][0-9A-F]|E2%80%A[89A-E]|E2%81%A[6-9]|EF%BB%BF)";

    private static final String SEGMENT_START = "(?<![^/])";
    private static final String SEGMENT_END = "(?![^/])";

    private static final Pattern UNSAFE = Pattern.compile(String.join(
            "|",
            "(?=" + CODE + ")%",
            "[\\\\\\p{Cc}\\u0080-\\u009F\\u2028-\\u202E\\u2066-\\u2069\\uFEFF]",
            // An empty segment, or a slash at an end.
            SEGMENT_START + "/",
            "/\\z",
            SEGMENT_START + "\\.{1,2}" + SEGMENT_END,
            // A drive letter, which some programs look for in each segment.
            "(?<=" + SEGMENT_START + "[A-Za-z]):"));

    private final KeyPrefix strip;

    /** @param strip what keys that begin so go without */
    ArchiveEntryNames(KeyPrefix strip) {
        this.strip = strip;
    }

    /**
     * The name of the entry of an object: at most 3076 bytes of UTF-8. It ends in a slash, which makes it a folder, only when the object is
     * empty and its key ends so, too.
     *
     * @param size how many bytes the object has
     */
    String of(ObjectKey key, long size) {
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
