package dev.stowage.core.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inputs for testing a parser: the lines of a corpus file, and mutations of them. Every run makes different mutations; a failure names the
 * text and the seed that repeats it, with {@code -Dstowage.fuzz.seed=N}.
 */
final class Corpus {

    private static final int MUTATIONS = 10_000;
    private static final int MAX_LENGTH = 1400;
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");
    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "/./",
            "..",
            ".",
            " ",
            "a",
            "-",
            "\u0000",
            "\u001F",
            "\u007F",
            "\u0085",
            "\u00E9",
            "e\u0301",
            "\u0301",
            "\u2028",
            "\u202E",
            "\u2066",
            "\uFEFF",
            "\uE000",
            "\uFFFF",
            "\uD800",
            "\uDC00",
            "\uD83C\uDF89",
            "\u1112\u1161\u11AB",
            "\u212B",
            "{",
            "}",
            "{x}",
            "{x**}",
            "{x=a|b}",
            "=",
            "|",
            "**",
            "project_id",
            "\\",
            "%2F");

    private final List<String> lines;
    private final Random random;
    private final long seed;

    /** @param name of a resource in this package, in which <code>&#92;uXXXX</code> stands for a UTF-16 unit */
    Corpus(String name) {
        this.lines = read(name);
        this.seed = Long.getLong("stowage.fuzz.seed", new Random().nextLong());
        this.random = new Random(seed);
    }

    /** Checks {@code property} for every line and for mutations of them. */
    void forAll(Consumer<String> property) {
        lines.forEach(line -> hold(property, line));
        for (int i = 0; i < MUTATIONS; i++) {
            hold(property, mutation());
        }
    }

    /** Returns a line of the corpus or a mutation of one. */
    String any() {
        return random.nextInt(4) == 0 ? line() : mutation();
    }

    private void hold(Consumer<String> property, String text) {
        try {
            property.accept(text);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("fails for \"" + escaped(text) + "\", -Dstowage.fuzz.seed=" + seed, e);
        }
    }

    private String mutation() {
        StringBuilder text = new StringBuilder(line());
        for (int steps = 1 + random.nextInt(4); steps > 0; steps--) {
            int from = random.nextInt(text.length() + 1);
            int to = from + random.nextInt(text.length() - from + 1);
            switch (random.nextInt(6)) {
                case 0 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(from, Math.min(to, from + 1 + random.nextInt(3)));
                case 2 -> text.insert(from, (char) random.nextInt(0x10000));
                case 3 -> text.insert(from, line());
                case 4 -> text.insert(to, text.substring(from, to));
                default -> padAround(text, ObjectKey.MAX_BYTES);
            }
            text.setLength(Math.min(text.length(), MAX_LENGTH));
        }
        return text.toString();
    }

    /** Extends {@code text} to about {@code bytes} bytes of UTF-8, if it is shorter. */
    private void padAround(StringBuilder text, int bytes) {
        int missing = bytes - text.toString().getBytes(StandardCharsets.UTF_8).length + random.nextInt(5) - 2;
        text.insert(random.nextInt(text.length() + 1), "k".repeat(Math.max(0, missing)));
    }

    private String line() {
        return lines.get(random.nextInt(lines.size()));
    }

    private static List<String> read(String name) {
        try (InputStream file = Objects.requireNonNull(Corpus.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> ESCAPE.matcher(line)
                            .replaceAll(unit -> Matcher.quoteReplacement(
                                    String.valueOf((char) Integer.parseInt(unit.group(1), 16)))))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("no corpus " + name, e);
        }
    }

    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(c > 0x1F && c < 0x7F ? (char) c : "\\u%04X".formatted(c)));
        return shown.toString();
    }
}
