package dev.stowage.http.digest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A structured-field dictionary whose members are byte sequences with parameters (RFC 8941, sections 3.2 and 3.3.5). If a key appears
 * twice, the last member counts.
 */
final class ByteSequenceDictionary {

    private static final String KEY = "[a-z*][a-z0-9_.*-]*+";
    private static final String BYTES = ":[A-Za-z0-9+/=]*+:";
    private static final String BARE_ITEM = "(?:" + BYTES
            + "|\"(?:[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\])*+\"|[A-Za-z0-9*?:/!#$%&'+.^_`|~-]++)";
    private static final Pattern MEMBER = Pattern.compile(
            "(?<key>" + KEY + ")=:(?<bytes>[A-Za-z0-9+/=]*+):(?:; *+" + KEY + "(?:=" + BARE_ITEM + ")?+)*+[ \\t]*+");

    private ByteSequenceDictionary() {}

    /**
     * Returns the base64 of each member, by its key.
     *
     * @throws IllegalArgumentException when the text is not such a dictionary
     */
    static Map<String, String> parse(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        Matcher member = MEMBER.matcher(text);
        int position = skipSpace(text, 0);
        while (true) {
            member.region(position, text.length());
            if (!member.lookingAt()) {
                throw new IllegalArgumentException("expected key=:base64: at character " + (position + 1));
            }
            members.put(member.group("key"), member.group("bytes"));
            position = member.end();
            if (position == text.length()) {
                return members;
            }
            if (text.charAt(position) != ',') {
                throw new IllegalArgumentException("expected a comma at character " + (position + 1));
            }
            position = skipSpace(text, position + 1);
        }
    }

    private static int skipSpace(String text, int from) {
        int position = from;
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
        return position;
    }
}
