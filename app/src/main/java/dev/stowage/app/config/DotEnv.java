package dev.stowage.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a {@code .env} file: lines of {@code NAME=value}, with or without {@code export}. A value in single quotes is taken
 * as it stands; in double quotes, {@code \"} and {@code \\} stand for the second character; without quotes it ends before a
 * {@code #} that follows a blank. Of a name that is there twice, the last counts. Nothing is substituted.
 *
 * <p>Of what can't be read only the line's number is told: it may well be a secret. (dotenv-java shows such lines; it also cuts a
 * value at any {@code #}, leaves single quotes in it, and drops the rest of the file silently after a quote that is not closed.)
 *
 * @param values text by name
 * @param problems what can't be read, all of it
 */
record DotEnv(Map<String, String> values, List<String> problems) {

    private static final Pattern IGNORED = Pattern.compile("\\s*(?:#.*)?");
    private static final Pattern ENTRY = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final String COMMENT = "\\s*(?:\\s#.*)?";
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'" + COMMENT);
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"" + COMMENT);
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\])");
    private static final Pattern TRAILING_COMMENT = Pattern.compile("(?:^|\\s)#.*");

    /** Reads the file; one that is not there, or is a folder, has no settings. */
    static DotEnv read(Path file) {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            return new DotEnv(Map.of(), List.of());
        }
        try {
            return parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            return new DotEnv(Map.of(), List.of("is not in UTF-8"));
        } catch (IOException e) {
            return new DotEnv(Map.of(), List.of("can't be read; check who may"));
        }
    }

    static DotEnv parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : withoutByteOrderMark(text).lines().toList()) {
            number++;
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                try {
                    values.put(entry.group(1), value(entry.group(2).strip()));
                } catch (IllegalArgumentException e) {
                    problems.add("line " + number + ", " + entry.group(1) + ": " + e.getMessage());
                }
            } else if (!IGNORED.matcher(line).matches()) {
                problems.add("line " + number + " is neither NAME=value nor a comment");
            }
        }
        return new DotEnv(values, problems);
    }

    /** With the names alone: the values may be secrets. */
    @Override
    public String toString() {
        return "DotEnv[names=" + values.keySet() + ", problems=" + problems + "]";
    }

    private static String value(String text) {
        if (text.startsWith("'")) {
            return quoted(SINGLE_QUOTED, text);
        }
        if (text.startsWith("\"")) {
            return ESCAPE.matcher(quoted(DOUBLE_QUOTED, text)).replaceAll("$1");
        }
        return TRAILING_COMMENT.matcher(text).replaceFirst("").strip();
    }

    private static String quoted(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the quote is not closed, or text follows it");
        }
        return matcher.group(1);
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
