package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Marks the members that responses always have, so that generated clients need not expect their absence. Schemas of requests declare theirs
 * by annotations.
 */
final class RequiredMembers {

    private static final String SCHEMAS = "/components/schemas/";

    /** What may be absent: members, and schemas all of whose members may be. Other members that have no value are {@code null}. */
    private static final Set<String> OPTIONAL =
            Set.of("BatchUploadItem.error", "DeleteBatchItem.error", "Error.detail", "JobSource", "JobTarget");

    private RequiredMembers() {}

    static void mark(ObjectNode document) {
        Set<String> sent = ofRequests(document);
        document.path("components").path("schemas").properties().forEach(schema -> {
            if (!sent.contains(schema.getKey()) && !OPTIONAL.contains(schema.getKey())) {
                mark(schema.getKey(), (ObjectNode) schema.getValue());
            }
        });
    }

    private static void mark(String name, ObjectNode schema) {
        ArrayNode required = schema.putArray("required");
        schema.path("properties").fieldNames().forEachRemaining(member -> {
            if (!OPTIONAL.contains(name + "." + member)) {
                required.add(member);
            }
        });
    }

    /** The names of the schemas that requests consist of. */
    private static Set<String> ofRequests(ObjectNode document) {
        Set<String> names = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(document.findValues("requestBody"));
        while (!open.isEmpty()) {
            for (String reference : open.pop().findValuesAsText("$ref")) {
                String name = reference.substring(reference.lastIndexOf('/') + 1);
                if (names.add(name)) {
                    open.push(document.at(SCHEMAS + name));
                }
            }
        }
        return names;
    }
}
