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
 * literally; in double quotes, {@code \"} and {@code \\} are escapes; without quotes it ends before a
 * {@code #} that follows a blank. The last line of a name wins. Variables are not expanded.
 *
 * <p>A problem names only the line, not its text, which may be a secret. (dotenv-java shows such lines; it also cuts a
 * value at any {@code #}, keeps single quotes, and silently drops the rest of the file after an unclosed quote.)
 *
 * @param values values by name
 * @param problems the lines that can't be parsed
 */
record DotEnv(Map<String, String> values, List<String> problems) {

    private static final Pattern IGNORED = Pattern.compile("\\s*(?:#.*)?");
    private static final Pattern ENTRY = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final String COMMENT = "\\s*(?:\\s#.*)?";
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'" + COMMENT);
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"" + COMMENT);
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\])");
    private static final Pattern TRAILING_COMMENT = Pattern.compile("(?:^|\\s)#.*");

    /** Reads the file; a missing file, or a folder, has no settings. */
    static DotEnv read(Path file) {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            return new DotEnv(Map.of(), List.of());
        }
        try {
            return parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            return new DotEnv(Map.of(), List.of("is not UTF-8"));
        } catch (IOException e) {
            return new DotEnv(Map.of(), List.of("can't be read; check its permissions"));
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

    /** Omits the values, which may be secrets. */
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
