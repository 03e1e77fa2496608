package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch job to submit. The values are those of {@code POST /api/v1/jobs}: texts, numbers, booleans, lists of texts and maps of texts.
 *
 * @param operation {@code copy}, {@code delete} and others, as the documentation of batch jobs lists them
 * @param source with exactly one of {@code prefix}, {@code keys} and {@code manifest}; with a {@code filter} if not all of these files,
 *     and with {@code from} for an import
 * @param target empty for operations without one
 * @param options those that differ from the defaults
 */
public record JobSubmission(
        String operation, Map<String, Object> source, Map<String, Object> target, Map<String, Object> options) {

    /** The maps are copied. */
    public JobSubmission {
        source = copy(source);
        target = copy(target);
        options = copy(options);
    }

    /** Unlike {@code Map.copyOf}, keeps the order, so that the JSON of a job is the same each time. */
    private static Map<String, Object> copy(Map<String, Object> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns a job for all files whose keys begin with {@code prefix}. */
    public static JobSubmission ofPrefix(String operation, String prefix) {
        return new JobSubmission(operation, Map.of("prefix", prefix), Map.of(), Map.of());
    }

    /** Returns a job for up to 10 000 keys. */
    public static JobSubmission ofKeys(String operation, List<String> keys) {
        return new JobSubmission(operation, Map.of("keys", List.copyOf(keys)), Map.of(), Map.of());
    }

    /** Returns a job for the keys that the file {@code key} lists. */
    public static JobSubmission ofManifest(String operation, String key) {
        return new JobSubmission(operation, Map.of("manifest", key), Map.of(), Map.of());
    }

    /** Returns the job with another field of its source, such as {@code from}, the import source of an import. */
    public JobSubmission withSource(String field, Object value) {
        return new JobSubmission(operation, with(source, field, value), target, options);
    }

    /** Returns the job for only those of its files that the filter selects. A filter without conditions changes nothing. */
    public JobSubmission withFilter(FileFilter filter) {
        return filter.isEmpty() ? this : withSource("filter", filter.values());
    }

    /** Returns the job with a field of its target. */
    public JobSubmission withTarget(String field, Object value) {
        return new JobSubmission(operation, source, with(target, field, value), options);
    }

    /** Returns the job with an option, such as {@code dry_run}. */
    public JobSubmission withOption(String name, Object value) {
        return new JobSubmission(operation, source, target, with(options, name, value));
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return more;
    }

    static JobSubmission of(JsonFields json) {
        return new JobSubmission(
                json.text("operation"), json.values("source"), json.values("target"), json.values("options"));
    }

    /** Returns the JSON that is sent. @throws IllegalArgumentException when a value has another type than those of the API */
    public String toJson() {
        return json().toString();
    }

    /** @throws IllegalArgumentException when a value has another type than those of the API */
    ObjectNode json() {
        ObjectNode json = JsonFields.newObject().put("operation", operation);
        JsonFields.put(json.putObject("source"), source);
        if (!target.isEmpty()) {
            JsonFields.put(json.putObject("target"), target);
        }
        if (!options.isEmpty()) {
            JsonFields.put(json.putObject("options"), options);
        }
        return json;
    }
}
