package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.http.route.RouteConditions;
import java.util.Set;

/** Adds the conditional header fields that a route declares, and the response to a client that has the current version. */
final class ConditionCompletion {

    private static final String ETAG = "\"6f5902ac237024bdd0c176cb93063dc4\"";
    private static final String DATE = "Sun, 30 Nov 2025 12:00:00 GMT";

    /** Conditions that lead to a 304 when they are not met (RFC 9110, section 13.2.2). */
    private static final Set<String> REVALIDATION = Set.of("If-None-Match", "If-Modified-Since");

    private ConditionCompletion() {}

    /**
     * Adds the header fields that the route honors, and the response 304.
     *
     * @param method in lower case
     */
    static void complete(ObjectNode operation, String method, RouteConditions conditions) {
        if (conditions.honored().isEmpty()) {
            return;
        }
        boolean read = method.equals("get") || method.equals("head");
        String subject = subject(conditions);
        ArrayNode parameters = operation.withArray("/parameters");
        for (String field : conditions.honored()) {
            String example = field.endsWith("Since") ? DATE : field.equals("If-None-Match") && !read ? "*" : ETAG;
            parameters
                    .addObject()
                    .put("name", field)
                    .put("in", "header")
                    .put("description", description(field, subject))
                    .put("required", false)
                    .put("deprecated", false)
                    .putObject("schema")
                    .put("type", "string")
                    .put("example", example);
        }
        if (read && conditions.honored().stream().anyMatch(REVALIDATION::contains)) {
            operation.withObject("/responses/304").put("description", "The client has the current version");
        }
    }

    /** Only files have a date of their last modification. */
    private static String subject(RouteConditions conditions) {
        if (!conditions.honored().contains("If-Unmodified-Since")) {
            return "the resource";
        }
        return conditions.honored().contains("If-Source-Match") ? "the target" : "the file";
    }

    private static String description(String field, String subject) {
        return switch (field) {
            case "If-Match" -> "Proceed only if " + subject + " has one of these ETags; with *, only if it exists";
            case "If-None-Match" ->
                "Proceed only if " + subject + " has none of these ETags; with *, only if it does not exist";
            case "If-Modified-Since" -> "Proceed only if " + subject + " was modified after this date";
            case "If-Unmodified-Since" -> "Proceed only if " + subject + " was not modified after this date";
            case "If-Source-Match" -> "Proceed only if the source has one of these ETags; with *, only if it exists";
            default -> throw new IllegalArgumentException(field);
        };
    }
}
