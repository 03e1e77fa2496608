package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Errors in which very many operations can end. */
final class ErrorAnswer {

    private ErrorAnswer() {}

    /** Tells that an operation can end so; one that has more to say of it says it itself. */
    static void add(JsonNode operation, String status, String description, String example) {
        ObjectNode responses = operation.withObject("/responses");
        if (responses.has(status)) {
            return;
        }
        ObjectNode content =
                responses.putObject(status).put("description", description).withObject("/content/application~1json");
        content.putObject("schema").put("$ref", "#/components/schemas/Error");
        content.put("example", example);
    }

    /** Tells that such an answer says when to come back. */
    static void addRetryAfter(JsonNode operation, String status, int example) {
        operation
                .withObject("/responses/" + status + "/headers/Retry-After")
                .put("description", "In how many seconds to try again")
                .putObject("schema")
                .put("type", "integer")
                .put("example", example);
    }
}
