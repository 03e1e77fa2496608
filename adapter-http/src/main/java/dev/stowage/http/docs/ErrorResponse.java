package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.stowage.http.error.RouteError;
import io.javalin.http.HttpStatus;

/** Adds errors to the responses of an operation. */
final class ErrorResponse {

    private static final String REQUEST_ID = "0b6f2a1e-5d0c-4f4e-9d6c-1f0f5d2f8c11";

    private ErrorResponse() {}

    /** Adds the error, unless there is already one with its status. A description from an annotation is kept. */
    static void add(ObjectNode operation, RouteError error) {
        ObjectNode answer = operation.withObject("/responses/" + error.status());
        if (!answer.has("description")) {
            answer.put("description", HttpStatus.forStatus(error.status()).getMessage());
        }
        ObjectNode content = answer.withObject("/content/application~1json");
        if (!content.isEmpty()) {
            return;
        }
        content.putObject("schema").put("$ref", "#/components/schemas/Error");
        ObjectNode example =
                content.putObject("example").put("error", error.id()).put("message", error.message());
        if (!error.detail().isEmpty()) {
            example.putRawValue("detail", new RawValue(error.detail()));
        }
        example.put("request_id", REQUEST_ID);
    }

    /** Describes the response with the error's status, unless an annotation does. */
    static void describe(ObjectNode operation, RouteError error, String description) {
        ObjectNode answer = operation.withObject("/responses/" + error.status());
        if (!answer.has("description")) {
            answer.put("description", description);
        }
    }

    /** Adds the header {@code Retry-After} to the response. */
    static void addRetryAfter(ObjectNode operation, RouteError error, int example) {
        operation
                .withObject("/responses/" + error.status() + "/headers/Retry-After")
                .put("description", "The number of seconds after which to try again")
                .putObject("schema")
                .put("type", "integer")
                .put("example", example);
    }
}
