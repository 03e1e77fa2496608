package dev.stowage.http.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import java.util.Map;

/**
 * The body of every error response.
 *
 * @param error a stable, machine-readable code
 * @param message for people: what is wrong, and what to do
 * @param detail the values that the error is about; omitted when empty
 * @param requestId the same as {@code X-Request-Id}
 */
@OpenApiName("Error")
public record ErrorBody(
        @OpenApiDescription("Stable, machine-readable code") @OpenApiExample("FileNotFound")
        String error,

        @OpenApiDescription("For people: what is wrong, and what to do") @OpenApiExample("No file at raw/demo/a.txt")
        String message,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @OpenApiDescription("The values that the error is about; absent when there are none")
        Map<String, Object> detail,

        @OpenApiDescription("The same as X-Request-Id")
        @OpenApiExample("0b6f2a1e-5d0c-4f4e-9d6c-1f0f5d2f8c11")
        @OpenApiName("request_id")
        String requestId) {}
