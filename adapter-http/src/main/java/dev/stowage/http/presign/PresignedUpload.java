package dev.stowage.http.presign;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiRequired;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of signing an upload. */
final class PresignedUpload {

    private PresignedUpload() {}

    @OpenApiName("PresignUpload")
    record Request(
            @OpenApiRequired @OpenApiExample("raw/demo/a.txt") @Nullable
            String key,

            @OpenApiName("expires_in") @OpenApiDescription(Expiry.DESCRIPTION) @OpenApiExample("3600") @Nullable
            Long expiresIn,

            @OpenApiName("content_type")
            @OpenApiNullable
            @OpenApiDescription("The only content type that the URL accepts; any if absent")
            @OpenApiExample("text/plain")
            @Nullable
            String contentType) {

        @OpenApiIgnore
        UrlGrant.Upload grant() {
            return new UrlGrant.Upload(
                    new ObjectKey(Json.required("key", key)),
                    Optional.ofNullable(contentType).map(ContentType::new));
        }
    }

    @OpenApiName("PresignedUpload")
    record Response(
            @OpenApiExample("http://127.0.0.1:9090/api/v1/signed/raw/demo/a.txt?expires=1764507600&signature=…")
            String url,

            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiName("expires_in") @OpenApiDescription("In seconds") @OpenApiExample("3600")
            long expiresIn,

            @OpenApiExample("PUT") String method,

            @OpenApiDescription("Headers that the request must send")
            Map<String, String> headers) {}
}
