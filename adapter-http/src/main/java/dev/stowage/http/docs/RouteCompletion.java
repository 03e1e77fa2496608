package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.http.access.RouteAccess;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.Routes;
import java.util.List;
import java.util.Map;

/** Completes an operation from the declarations of its route. */
final class RouteCompletion {

    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";

    /** The names of the header components, by header field. */
    private static final Map<String, String> LIMIT_HEADERS =
            Map.of("RateLimit-Policy", "RateLimitPolicy", "RateLimit", "RateLimit");

    private RouteCompletion() {}

    /** Adds the components that the operations refer to. */
    static void addComponents(ObjectNode document) {
        ObjectNode schemes = document.withObject("/components/securitySchemes");
        schemes.putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key, or a JSON Web Token if the service is set up for tokens");
        schemes.putObject(API_KEY)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-API-Key")
                .put("description", "An API key");
        ObjectNode headers = document.withObject("/components/headers");
        header(headers, "RateLimitPolicy", "The rate limit of the caller, if one is set", "\"requests\";q=20;w=2");
        header(
                headers,
                "RateLimit",
                "The requests that remain, and the seconds until there are more",
                "\"requests\";r=19;t=1");
    }

    /** @param method in lower case; {@code head} for some operations of {@code GET} routes */
    static void complete(ObjectNode operation, String method, Route route) {
        CommonParameters.complete(operation, route.path());
        ConditionCompletion.complete(operation, method, route.conditions());
        List<RouteError> errors = route.allErrors();
        if (errors.contains(RouteError.TOO_MANY_TRANSFERS)) {
            ErrorResponse.describe(
                    operation,
                    RouteError.TOO_MANY_TRANSFERS,
                    "StorageUnavailable, or ServiceBusy if too many transfers are running");
        }
        errors.forEach(error -> ErrorResponse.add(operation, error));
        if (route.path().startsWith(Routes.API)) {
            ErrorResponse.addRetryAfter(operation, RouteError.STORAGE_UNAVAILABLE, 5);
        }
        if (route.access() == RouteAccess.PRINCIPAL) {
            ArrayNode either = operation.putArray("security");
            List.of(BEARER, API_KEY).forEach(scheme -> either.addObject().putArray(scheme));
        }
        if (route.access() != RouteAccess.PUBLIC) {
            addLimits(operation);
        }
    }

    private static void addLimits(ObjectNode operation) {
        ErrorResponse.addRetryAfter(operation, RouteError.TOO_MANY_REQUESTS, 1);
        operation.path("responses").properties().forEach(response -> {
            // Requests without a valid credential are not counted for any principal.
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
