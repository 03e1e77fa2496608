package dev.stowage.repositories;

import dev.stowage.core.job.Glob;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.object.Metadata;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Encodes the filter of a job in a column: a line for each condition, in the format of metadata. */
final class FilterRows {

    private static final String METADATA = "metadata.";

    /**
     * Is part of the recorded operation of a job with a filter. Processes of a version without filters don't know such an operation, so
     * they don't run it on files that the filter leaves out.
     */
    private static final String FILTERED = " with a filter";

    private FilterRows() {}

    /** The operation as it is recorded. */
    static String operation(JobSpec spec) {
        return spec.filter().isPresent() ? filtered(spec.operation()) : spec.operation();
    }

    /** The operation of a job with a filter, as it is recorded. */
    static String filtered(String operation) {
        return operation + FILTERED;
    }

    /** The operation that was recorded. */
    static String operation(String recorded, Optional<SourceFilter> filter) {
        return filter.isPresent() && recorded.endsWith(FILTERED)
                ? recorded.substring(0, recorded.length() - FILTERED.length())
                : recorded;
    }

    static String text(SourceFilter filter) {
        Map<String, String> entries = new LinkedHashMap<>();
        filter.olderThan().ifPresent(span -> entries.put("older_than", String.valueOf(span.toSeconds())));
        filter.newerThan().ifPresent(span -> entries.put("newer_than", String.valueOf(span.toSeconds())));
        filter.largerThan().ifPresent(size -> entries.put("larger_than", String.valueOf(size)));
        filter.smallerThan().ifPresent(size -> entries.put("smaller_than", String.valueOf(size)));
        filter.name().ifPresent(glob -> entries.put("name", glob.pattern()));
        filter.contentType().ifPresent(glob -> entries.put("content_type", glob.pattern()));
        filter.metadata().values().forEach((name, value) -> entries.put(METADATA + name, value));
        return SessionRows.text(entries);
    }

    static SourceFilter filter(String text) {
        Map<String, String> entries = SessionRows.entries(text);
        Map<String, String> metadata = new LinkedHashMap<>();
        entries.forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), value);
            }
        });
        return new SourceFilter(
                span(entries, "older_than"),
                span(entries, "newer_than"),
                size(entries, "larger_than"),
                size(entries, "smaller_than"),
                Optional.ofNullable(entries.get("name")).map(Glob::new),
                Optional.ofNullable(entries.get("content_type")).map(Glob::new),
                new Metadata(metadata));
    }

    private static Optional<Duration> span(Map<String, String> entries, String name) {
        return Optional.ofNullable(entries.get(name)).map(Long::valueOf).map(Duration::ofSeconds);
    }

    private static OptionalLong size(Map<String, String> entries, String name) {
        String value = entries.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }
}
