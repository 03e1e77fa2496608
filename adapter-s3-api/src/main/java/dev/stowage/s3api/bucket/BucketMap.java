package dev.stowage.s3api.bucket;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which buckets there are, and the prefix of the keys in each.
 *
 * <p>An entry is {@code BUCKET=PREFIX}. With {@code {project_id}} in both, it stands for a bucket for each project. Immutable.
 */
public final class BucketMap {

    private static final String PROJECT = "{project_id}";
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

    /** The names that S3 allows (Amazon S3 User Guide, "Bucket naming rules"), and those of projects. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final List<Entry> entries;

    private BucketMap(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Returns the map with one bucket that contains all keys. */
    public static BucketMap whole(String name) {
        return new BucketMap(List.of(new Entry(name, "")));
    }

    /**
     * Parses entries that are separated by commas.
     *
     * @throws IllegalArgumentException when they can't be parsed, or no key with a prefix fits the layout
     */
    public static BucketMap parse(String text, KeyLayout layout) {
        List<Entry> entries = new ArrayList<>();
        for (String part : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + part + "' is not BUCKET=PREFIX, such as photos=raw/photos/");
            }
            Entry entry = new Entry(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
            entry.check(layout);
            if (entries.stream().anyMatch(other -> other.name().equals(entry.name()))) {
                throw new IllegalArgumentException("the bucket " + entry.name() + " appears twice");
            }
            entries.add(entry);
        }
        return new BucketMap(entries);
    }

    /** Whether {@code name} can be that of a bucket. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns the bucket of that name. Entries without projects come first. */
    public Optional<Bucket> find(String name) {
        return Stream.concat(
                        fixed().stream().filter(bucket -> bucket.name().equals(name)),
                        entries.stream().filter(Entry::hasProject).flatMap(entry -> entry.ofName(name).stream()))
                .findFirst();
    }

    /** Returns the buckets that exist whatever projects there are. */
    public List<Bucket> fixed() {
        return entries.stream()
                .filter(entry -> !entry.hasProject())
                .map(entry -> new Bucket(entry.name(), new KeyPrefix(entry.prefix())))
                .toList();
    }

    /** Returns the prefixes under each of which every folder is a project with a bucket. */
    public List<KeyPrefix> parents() {
        return entries.stream().filter(Entry::hasProject).map(Entry::parent).toList();
    }

    /** Returns the buckets of a project. */
    public List<Bucket> ofProject(String project) {
        return entries.stream()
                .filter(Entry::hasProject)
                .map(entry -> entry.of(project))
                .toList();
    }

    /** Returns the bucket of the project in whose folder a parent's keys begin with {@code folder}. */
    public Optional<Bucket> ofFolder(KeyPrefix parent, String folder) {
        String project = folder.substring(parent.value().length()).replace("/", "");
        return entries.stream()
                .filter(entry -> entry.hasProject() && entry.parent().equals(parent))
                .filter(unused -> project.matches(ID))
                .map(entry -> entry.of(project))
                .findFirst();
    }

    private record Entry(String name, String prefix) {

        void check(KeyLayout layout) {
            if (!isName(name.replace(PROJECT, "project"))) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not the name of a bucket: 1 to 128 of A-Z a-z 0-9 . _ -");
            }
            if (hasProject() != prefix.contains(PROJECT)
                    || count(name) > 1
                    || count(prefix) > 1
                    || (hasProject() && !("/" + prefix).contains("/" + PROJECT + "/"))) {
                throw new IllegalArgumentException("'" + name + "=" + prefix + "' must have " + PROJECT
                        + " once on both sides, as a whole segment of the prefix, or on none");
            }
            String example = prefix.replace(PROJECT, "project");
            if (!example.isEmpty() && !example.endsWith("/")) {
                throw new IllegalArgumentException("the prefix '" + prefix + "' must end with a slash");
            }
            try {
                layout.check(new KeyPrefix(example), "prefix");
            } catch (InvalidInput e) {
                throw new IllegalArgumentException("'" + prefix + "' can't be used: " + e.getMessage(), e);
            }
        }

        boolean hasProject() {
            return name.contains(PROJECT);
        }

        KeyPrefix parent() {
            return new KeyPrefix(prefix.substring(0, prefix.indexOf(PROJECT)));
        }

        Bucket of(String project) {
            return new Bucket(name.replace(PROJECT, project), new KeyPrefix(prefix.replace(PROJECT, project)));
        }

        Optional<Bucket> ofName(String bucket) {
            String before = name.substring(0, name.indexOf(PROJECT));
            String after = name.substring(before.length() + PROJECT.length());
            boolean fits = bucket.length() > before.length() + after.length()
                    && bucket.startsWith(before)
                    && bucket.endsWith(after);
            String project = fits ? bucket.substring(before.length(), bucket.length() - after.length()) : "";
            return project.matches(ID) ? Optional.of(of(project)) : Optional.empty();
        }

        private static int count(String text) {
            return text.split(Pattern.quote(PROJECT), -1).length - 1;
        }
    }
}
