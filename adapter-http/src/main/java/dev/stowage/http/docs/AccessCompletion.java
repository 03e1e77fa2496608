package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.Examples;
import dev.stowage.http.route.Routes;
import java.util.List;
import java.util.Map;

/** Who may call what, and how often, as the routes themselves declare it. */
final class AccessCompletion {

    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";

    /** The document's names for the descriptions of fields. */
    private static final Map<String, String> LIMIT_HEADERS =
            Map.of("RateLimit-Policy", "RateLimitPolicy", "RateLimit", "RateLimit");

    private final Routes routes;

    AccessCompletion(Routes routes) {
        this.routes = routes;
    }

    void complete(ObjectNode document) {
        ObjectNode schemes = document.withObject("/components/securitySchemes");
        schemes.putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key, or a JSON Web Token where the service takes those");
        schemes.putObject(API_KEY)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-API-Key")
                .put("description", "An API key");
        ObjectNode headers = document.withObject("/components/headers");
        header(
                headers,
                "RateLimitPolicy",
                "What the caller's requests are held to, where they are",
                "\"requests\";q=20;w=2");
        header(
                headers,
                "RateLimit",
                "What is left of it, and in how many seconds there is more",
                "\"requests\";r=19;t=1");
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> complete(operation.getKey(), path.getKey(), operation.getValue())));
    }

    private void complete(String method, String path, JsonNode operation) {
        RouteAccess access = routes.access(method, path)
                .orElseThrow(() -> new IllegalStateException("no route for " + method + " " + path));
        if (access == RouteAccess.PUBLIC) {
            return;
        }
        if (access == RouteAccess.PRINCIPAL) {
            ArrayNode either = ((ObjectNode) operation).putArray("security");
            List.of(BEARER, API_KEY).forEach(scheme -> either.addObject().putArray(scheme));
            ErrorAnswer.add(operation, "401", "Unauthorized", Examples.UNAUTHORIZED);
            ErrorAnswer.add(operation, "403", "Forbidden", Examples.NO_RIGHT);
        }
        ErrorAnswer.add(operation, "429", "Too Many Requests", Examples.TOO_FAST);
        ErrorAnswer.addRetryAfter(operation, "429", 1);
        operation.path("responses").properties().forEach(response -> {
            // Who has no good credential is nobody's account.
            if (!response.getKey().equals("401")) {
                LIMIT_HEADERS.forEach((name, component) -> response.getValue()
                        .withObject("/headers/" + name)
                        .put("$ref", "#/components/headers/" + component));
            }
        });
    }

    private static void header(ObjectNode headers, String name, String description, String example) {
        headers.putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", "string")
                .put("example", example);
    }
}
