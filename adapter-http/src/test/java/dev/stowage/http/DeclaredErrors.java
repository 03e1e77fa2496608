package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.http.error.RouteError;
import dev.stowage.http.route.Route;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks that routes return only errors that they declare, and that are therefore in the OpenAPI document. Exempt are requests that no route
 * matches, such as those with an unsupported method, and {@code NotFound}, which says that there is no such endpoint or page.
 */
final class DeclaredErrors {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");
    private static final Set<Route> ROUTES = RecordedRoutes.declared().all();
    private static final int FIRST_ERROR = 400;

    private DeclaredErrors() {}

    /** @throws AssertionError when the response has an error that its route does not declare */
    static void check(HttpResponse<byte[]> response) {
        if (response.statusCode() >= FIRST_ERROR && !error(response).equals("NotFound")) {
            route(response.request().method(), response.uri().getRawPath()).ifPresent(route -> check(route, response));
        }
    }

    private static void check(Route route, HttpResponse<byte[]> response) {
        String id = error(response);
        assertThat(route.allErrors())
                .as("%s %s answers %d %s", route.method(), route.path(), response.statusCode(), id)
                .anyMatch(declared -> isSame(declared, response.statusCode(), id));
    }

    /** Responses to {@code HEAD} have no body, so only their status is compared. */
    private static boolean isSame(RouteError declared, int status, String id) {
        return declared.status() == status && (id.isEmpty() || declared.id().equals(id));
    }

    private static String error(HttpResponse<byte[]> response) {
        try {
            boolean page =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
            return response.body().length == 0 || page
                    ? ""
                    : JSON.readTree(response.body()).path("error").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of several routes that match, the one with the longest literal beginning handles the request. */
    static Optional<Route> route(String method, String path) {
        return ROUTES.stream()
                .filter(route -> handles(route, method) && matches(route, path))
                .max(Comparator.comparingInt(route -> (route.path() + "{").indexOf('{')));
    }

    private static boolean handles(Route route, String method) {
        return route.method().name().equals(method)
                || (method.equals("HEAD") && route.method().equals(HandlerType.GET));
    }

    private static boolean matches(Route route, String path) {
        String pattern = PARAMETER.matcher(route.path().replace("{key}", ".+")).replaceAll("[^/]+");
        return path.matches(pattern);
    }
}
