package dev.stowage.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * A response of the service that is no error.
 *
 * @param body missing when there was none, or not as JSON
 */
record ApiResponse(int status, HttpHeaders headers, JsonNode body) {

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** @throws StowageException when the body is not a JSON object */
    JsonFields json() {
        return JsonFields.ofAnswer(body);
    }
}
