package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch job to submit. The values are those of {@code POST /api/v1/jobs}: texts, numbers, booleans, lists of texts and maps of texts.
 *
 * @param operation {@code copy}, {@code delete} and others, as the documentation of batch jobs lists them
 * @param source with exactly one of {@code prefix}, {@code keys} and {@code manifest}, and for an import with {@code from}
 * @param target empty for operations without one
 * @param options those that differ from the defaults
 */
public record JobSubmission(
        String operation, Map<String, Object> source, Map<String, Object> target, Map<String, Object> options) {

    /** The maps are copied. */
    public JobSubmission {
        source = Map.copyOf(source);
        target = Map.copyOf(target);
        options = Map.copyOf(options);
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

    /** @throws IllegalArgumentException when a value has another type than those of the API */
    ObjectNode json() {
        ObjectNode json = JsonFields.newObject().put("operation", operation);
        put(json.putObject("source"), source);
        if (!target.isEmpty()) {
            put(json.putObject("target"), target);
        }
        if (!options.isEmpty()) {
            put(json.putObject("options"), options);
        }
        return json;
    }

    private static void put(ObjectNode json, Map<?, ?> values) {
        values.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value instanceof String text) {
                json.put(name, text);
            } else if (value instanceof Boolean flag) {
                json.put(name, flag);
            } else if (value instanceof Integer || value instanceof Long) {
                json.put(name, ((Number) value).longValue());
            } else if (value instanceof List<?> list) {
                ArrayNode array = json.putArray(name);
                list.forEach(element -> array.add(String.valueOf(element)));
            } else if (value instanceof Map<?, ?> map) {
                put(json.putObject(name), map);
            } else {
                throw new IllegalArgumentException(
                        name + " is a " + value.getClass().getSimpleName());
            }
        });
    }
}
