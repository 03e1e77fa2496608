package dev.stowage.core.job;

import dev.stowage.core.error.InvalidInput;
import java.util.Arrays;

/**
 * A pattern for a whole text: {@code *} stands for any text, {@code ?} for one character, and a backslash takes the character after it
 * literally. Upper and lower case are different.
 *
 * @param pattern 1 to {@value #MAX_LENGTH} characters without control characters
 */
public record Glob(String pattern) {

    /** The maximum length of a pattern. */
    public static final int MAX_LENGTH = 255;

    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;

    /** @throws InvalidInput when the pattern is empty, too long, ends with a single backslash, or has control characters */
    public Glob {
        boolean clean = pattern.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (pattern.isEmpty() || pattern.length() > MAX_LENGTH || !clean) {
            throw invalid("A pattern must have 1 to " + MAX_LENGTH + " characters, none of them control characters");
        }
        if (endsWithEscape(pattern)) {
            throw invalid("A pattern must not end with a single backslash; write \\\\ for a backslash");
        }
    }

    /** Whether all of {@code text} matches. The time is at most proportional to the product of both lengths. */
    public boolean matches(String text) {
        int[] tokens = tokens();
        int[] characters = text.codePoints().toArray();
        int token = 0;
        int character = 0;
        int star = -1;
        int resume = 0;
        while (character < characters.length) {
            if (token < tokens.length && tokens[token] == ANY_TEXT) {
                star = token++;
                resume = character;
            } else if (token < tokens.length
                    && (tokens[token] == ANY_CHARACTER || tokens[token] == characters[character])) {
                token++;
                character++;
            } else if (star >= 0) {
                // Only the last star needs to be tried again: earlier ones have matched as little as possible.
                token = star + 1;
                character = ++resume;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == ANY_TEXT) {
            token++;
        }
        return token == tokens.length;
    }

    private int[] tokens() {
        int[] characters = pattern.codePoints().toArray();
        int[] tokens = new int[characters.length];
        int count = 0;
        for (int i = 0; i < characters.length; i++) {
            tokens[count++] = switch (characters[i]) {
                case '*' -> ANY_TEXT;
                case '?' -> ANY_CHARACTER;
                case '\\' -> characters[++i];
                default -> characters[i];
            };
        }
        return Arrays.copyOf(tokens, count);
    }

    private static boolean endsWithEscape(String pattern) {
        int backslashes = 0;
        while (backslashes < pattern.length() && pattern.charAt(pattern.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static InvalidInput invalid(String message) {
        return InvalidInput.ofField("source.filter", message);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
