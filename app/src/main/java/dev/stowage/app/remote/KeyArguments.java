package dev.stowage.app.remote;

import dev.stowage.client.FileDetails;
import dev.stowage.client.FileListing;
import dev.stowage.client.RemoteFiles;
import dev.stowage.client.StowageException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds the files of a service that arguments name: keys, with {@code recursive} prefixes, and glob patterns. */
final class KeyArguments {

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private final RemoteFiles files;
    private final boolean recursive;

    KeyArguments(RemoteFiles files, boolean recursive) {
        this.files = files;
        this.recursive = recursive;
    }

    /**
     * A file that an argument names.
     *
     * @param name below a target: the last segment of the key, or its path below the prefix
     */
    record Named(String key, String name, long size, String etag) {}

    /** Gets the files that are found. */
    interface Found {

        void file(Named file) throws IOException, InterruptedException;
    }

    static boolean isPattern(String argument) {
        return GLOB.matcher(argument).find();
    }

    /** @throws CommandFailure when the argument names nothing */
    void find(String argument, Found found) throws IOException, InterruptedException {
        if (recursive && !isPattern(argument)) {
            prefix(argument, found);
        } else if (isPattern(argument) && !files.exists(argument)) {
            pattern(argument, found);
        } else if (argument.endsWith("/")) {
            throw CommandFailure.usage(argument + " is a prefix; use -r");
        } else {
            key(argument, found);
        }
    }

    private void key(String key, Found found) throws IOException, InterruptedException {
        FileDetails details = files.stat(key);
        found.file(new Named(key, key.substring(key.lastIndexOf('/') + 1), details.size(), details.etag()));
    }

    private void prefix(String argument, Found found) throws IOException, InterruptedException {
        String prefix = argument.isEmpty() || argument.endsWith("/") ? argument : argument + "/";
        int cut = argument.endsWith("/") ? prefix.length() : argument.lastIndexOf('/') + 1;
        if (!list(prefix, cut, key -> true, found)) {
            throw CommandFailure.notFound("There are no files below " + prefix);
        }
    }

    private void pattern(String pattern, Found found) throws IOException, InterruptedException {
        String literal = GLOB.split(pattern, 2)[0];
        if (!list(literal, literal.lastIndexOf('/') + 1, matcher(pattern), found)) {
            throw CommandFailure.notFound("No file matches " + pattern);
        }
    }

    /** The syntax of local file names: {@code *} within a segment, {@code **} also across segments. */
    static Predicate<String> matcher(String pattern) {
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return key -> matcher.matches(Path.of(key));
        } catch (PatternSyntaxException e) {
            throw CommandFailure.usage(pattern + " is not a valid pattern: " + e.getDescription());
        }
    }

    /** Returns whether any file was found. */
    private boolean list(String prefix, int cut, Predicate<String> wanted, Found found)
            throws IOException, InterruptedException {
        boolean any = false;
        Optional<String> token = Optional.empty();
        do {
            FileListing page = files.list(prefix, "", token);
            for (FileListing.Entry entry : page.files()) {
                if (wanted.test(entry.key())) {
                    any = true;
                    found.file(new Named(entry.key(), entry.key().substring(cut), entry.size(), entry.etag()));
                }
            }
            token = page.next();
        } while (token.isPresent());
        return any;
    }

    /** Finds the files of an argument, and counts an argument that names nothing as a failure. */
    void findAll(Iterable<String> arguments, Found found, BiConsumer<String, CommandFailure> failed)
            throws IOException, InterruptedException {
        for (String argument : arguments) {
            try {
                find(argument, found);
            } catch (StowageException e) {
                failed.accept(argument, CommandFailure.of(e));
            } catch (CommandFailure e) {
                failed.accept(argument, e);
            }
        }
    }
}
