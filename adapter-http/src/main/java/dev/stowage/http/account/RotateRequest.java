package dev.stowage.http.account;

import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The JSON of a rotation. */
@OpenApiName("RotateApiKey")
record RotateRequest(
        @OpenApiNullable
        @OpenApiDescription("Seconds that the current secret stays valid, at most 31536000; without it, 0")
        @OpenApiExample("86400")
        @Nullable
        Long overlap) {

    /** The request without a body. */
    static final RotateRequest AT_ONCE = new RotateRequest(null);

    @OpenApiIgnore
    Duration duration() {
        return overlap == null ? Duration.ZERO : Duration.ofSeconds(overlap);
    }
}
