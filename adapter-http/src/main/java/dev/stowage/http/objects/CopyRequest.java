package dev.stowage.http.objects;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a copy or a move.
 *
 * @param overwrite whether a file at the target may be replaced; true when absent
 */
@OpenApiName("CopyRequest")
record CopyRequest(
        @OpenApiName("source_key") @OpenApiRequired @OpenApiExample("raw/demo/a.txt") @Nullable
        String sourceKey,

        @OpenApiName("target_key") @OpenApiRequired @OpenApiExample("processed/demo/a.txt") @Nullable
        String targetKey,

        @OpenApiDescription("Whether a file at the target may be replaced; true by default")
        @OpenApiExample("true")
        @Nullable
        Boolean overwrite) {

    @OpenApiIgnore
    ObjectKey source() {
        return new ObjectKey(Json.required("source_key", sourceKey));
    }

    @OpenApiIgnore
    ObjectKey target() {
        return new ObjectKey(Json.required("target_key", targetKey));
    }

    @OpenApiIgnore
    boolean mayOverwrite() {
        return overwrite == null || overwrite;
    }
}
