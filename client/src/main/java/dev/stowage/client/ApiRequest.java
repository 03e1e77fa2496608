package dev.stowage.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to the service.
 *
 * @param target an absolute URL, or the path and query below the address of the service
 * @param headers without the credential
 * @param body gives the same bytes for each attempt
 * @param size of the body in bytes
 * @param repeatable whether a repetition has no other effect than the request itself
 */
record ApiRequest(
        String method, URI target, Map<String, String> headers, BodyPublisher body, long size, boolean repeatable) {

    ApiRequest {
        headers = Map.copyOf(headers);
    }

    static ApiRequest get(String target) {
        return bodiless("GET", target);
    }

    static ApiRequest head(String target) {
        return bodiless("HEAD", target);
    }

    static ApiRequest delete(String target) {
        return bodiless("DELETE", target);
    }

    private static ApiRequest bodiless(String method, String target) {
        return new ApiRequest(method, URI.create(target), Map.of(), BodyPublishers.noBody(), 0, true);
    }

    /** A {@code POST} without a body. */
    static ApiRequest post(String target) {
        return new ApiRequest("POST", URI.create(target), Map.of(), BodyPublishers.noBody(), 0, false);
    }

    /** A {@code POST} of JSON. */
    static ApiRequest post(String target, JsonNode json) {
        return ofJson("POST", target, json, false);
    }

    /** A {@code PUT} of JSON. */
    static ApiRequest put(String target, JsonNode json) {
        return ofJson("PUT", target, json, true);
    }

    /** A {@code PATCH} that sets fields to values, so that its repetition changes nothing. */
    static ApiRequest patch(String target, JsonNode json) {
        return ofJson("PATCH", target, json, true);
    }

    private static ApiRequest ofJson(String method, String target, JsonNode json, boolean repeatable) {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        return new ApiRequest(
                method,
                URI.create(target),
                Map.of("Content-Type", "application/json"),
                BodyPublishers.ofByteArray(body),
                body.length,
                repeatable);
    }

    static ApiRequest put(String target, BodyPublisher body, int size) {
        return new ApiRequest("PUT", URI.create(target), Map.of(), body, size, true);
    }

    ApiRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiRequest(method, target, more, body, size, repeatable);
    }

    ApiRequest repeatable(boolean value) {
        return new ApiRequest(method, target, headers, body, size, value);
    }
}
