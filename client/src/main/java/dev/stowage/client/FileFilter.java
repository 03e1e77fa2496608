package dev.stowage.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Conditions that select files, all of which have to hold; those that are empty are not checked. The documentation of batch jobs describes
 * each.
 *
 * @param olderThan the least time since a file was last modified, to the second
 * @param newerThan the most time since then, to the second
 * @param largerThan a number of bytes that a file has to exceed
 * @param smallerThan a number of bytes that a file has to fall below
 * @param name a pattern for the part of the key after its last slash, such as {@code *.csv}
 * @param contentType a pattern for the content type, such as {@code image/*}
 * @param metadata entries that a file has to have; it may have others
 */
public record FileFilter(
        Optional<Duration> olderThan,
        Optional<Duration> newerThan,
        OptionalLong largerThan,
        OptionalLong smallerThan,
        Optional<String> name,
        Optional<String> contentType,
        Map<String, String> metadata) {

    /** No condition. */
    public static final FileFilter NONE = new FileFilter(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    /** The map is copied. */
    public FileFilter {
        metadata = Map.copyOf(metadata);
    }

    static FileFilter of(JsonFields json) {
        return new FileFilter(
                seconds(json.optionalNumber("older_than")),
                seconds(json.optionalNumber("newer_than")),
                json.optionalNumber("larger_than"),
                json.optionalNumber("smaller_than"),
                json.optionalText("name"),
                json.optionalText("content_type"),
                json.map("metadata"));
    }

    private static Optional<Duration> seconds(OptionalLong number) {
        return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsLong())) : Optional.empty();
    }

    /** Returns the filter with a least age. */
    public FileFilter olderThan(Duration age) {
        return new FileFilter(Optional.of(age), newerThan, largerThan, smallerThan, name, contentType, metadata);
    }

    /** Returns the filter with a greatest age. */
    public FileFilter newerThan(Duration age) {
        return new FileFilter(olderThan, Optional.of(age), largerThan, smallerThan, name, contentType, metadata);
    }

    /** Returns the filter with a size in bytes that files have to exceed. */
    public FileFilter largerThan(long bytes) {
        return new FileFilter(olderThan, newerThan, OptionalLong.of(bytes), smallerThan, name, contentType, metadata);
    }

    /** Returns the filter with a size in bytes that files have to fall below. */
    public FileFilter smallerThan(long bytes) {
        return new FileFilter(olderThan, newerThan, largerThan, OptionalLong.of(bytes), name, contentType, metadata);
    }

    /** Returns the filter with a pattern for names. */
    public FileFilter named(String pattern) {
        return new FileFilter(
                olderThan, newerThan, largerThan, smallerThan, Optional.of(pattern), contentType, metadata);
    }

    /** Returns the filter with a pattern for content types. */
    public FileFilter ofType(String pattern) {
        return new FileFilter(olderThan, newerThan, largerThan, smallerThan, name, Optional.of(pattern), metadata);
    }

    /** Returns the filter with these entries of metadata, instead of those before. */
    public FileFilter withMetadata(Map<String, String> entries) {
        return new FileFilter(olderThan, newerThan, largerThan, smallerThan, name, contentType, entries);
    }

    /** Whether there is no condition. The service refuses such a filter. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Returns the conditions as the API names them. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        olderThan.ifPresent(age -> values.put("older_than", age.toSeconds()));
        newerThan.ifPresent(age -> values.put("newer_than", age.toSeconds()));
        largerThan.ifPresent(bytes -> values.put("larger_than", bytes));
        smallerThan.ifPresent(bytes -> values.put("smaller_than", bytes));
        name.ifPresent(pattern -> values.put("name", pattern));
        contentType.ifPresent(pattern -> values.put("content_type", pattern));
        if (!metadata.isEmpty()) {
            values.put("metadata", metadata);
        }
        return values;
    }
}
