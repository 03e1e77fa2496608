package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An API key to create.
 *
 * @param name for people
 * @param actions empty for the usual ones: {@code read}, {@code write}, {@code delete} and {@code jobs}
 * @param projects whose files the key may access
 * @param prefixes of files that the key may access; the empty prefix stands for all files
 * @param lifetime to the second; empty for a key that does not expire
 * @param s3 whether it has an S3 key pair
 */
public record NewApiKey(
        String name,
        List<String> actions,
        List<String> projects,
        List<String> prefixes,
        Optional<Duration> lifetime,
        boolean s3) {

    /** The lists are copied. */
    public NewApiKey {
        actions = List.copyOf(actions);
        projects = List.copyOf(projects);
        prefixes = List.copyOf(prefixes);
    }

    ObjectNode json() {
        ObjectNode json = JsonFields.newObject().put("name", name);
        if (!actions.isEmpty()) {
            add(json.putArray("actions"), actions);
        }
        add(json.putArray("projects"), projects);
        add(json.putArray("prefixes"), prefixes);
        lifetime.ifPresent(time -> json.put("expires_in", time.toSeconds()));
        if (s3) {
            json.put("s3", true);
        }
        return json;
    }

    private static void add(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
