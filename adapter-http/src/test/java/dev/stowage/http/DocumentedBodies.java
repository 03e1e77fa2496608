package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Locale;

/**
 * Checks that responses of JSON are what the checked-in OpenAPI document says: they have the required members, no members that it does not
 * name, and {@code null} only where it is allowed. Generated clients rely on it.
 */
final class DocumentedBodies {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode DOCUMENT = document();

    private DocumentedBodies() {}

    /** @throws AssertionError when the document describes another body */
    static void check(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/json") || response.body().length == 0) {
            return;
        }
        String method = response.request().method();
        DeclaredErrors.route(method, response.uri().getRawPath()).ifPresent(route -> {
            JsonNode schema = DOCUMENT.path("paths")
                    .path(route.path())
                    .path(method.toLowerCase(Locale.ROOT))
                    .path("responses")
                    .path(Integer.toString(response.statusCode()))
                    .at("/content/application~1json/schema");
            // A file may be JSON, too.
            if (!schema.isMissingNode()) {
                check(method + " " + route.path() + " " + response.statusCode(), schema, parsed(response));
            }
        });
    }

    private static void check(String name, JsonNode schema, JsonNode value) {
        if (value.isNull()) {
            assertThat(schema.path("nullable").asBoolean())
                    .as("%s is null, which openapi.json does not allow", name)
                    .isTrue();
            return;
        }
        JsonNode described = resolved(schema);
        if (value.isArray()) {
            value.forEach(element -> check(name + "[]", described.path("items"), element));
        }
        if (value.isObject() && described.has("properties")) {
            described
                    .path("required")
                    .forEach(member -> assertThat(value.has(member.asText()))
                            .as("%s has no %s, which openapi.json requires", name, member.asText())
                            .isTrue());
            value.properties().forEach(member -> {
                JsonNode property = described.path("properties").path(member.getKey());
                assertThat(property.isMissingNode())
                        .as("%s.%s is not in openapi.json", name, member.getKey())
                        .isFalse();
                check(name + "." + member.getKey(), property, member.getValue());
            });
        }
    }

    /** What a reference refers to, which is in {@code allOf} where there is more than the reference. */
    private static JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.has("$ref") ? schema.path("$ref") : schema.at("/allOf/0/$ref");
        return reference.isMissingNode()
                ? schema
                : DOCUMENT.at(reference.asText().substring(1));
    }

    private static JsonNode parsed(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode document() {
        try (InputStream file = DocumentedBodies.class.getResourceAsStream("openapi.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
