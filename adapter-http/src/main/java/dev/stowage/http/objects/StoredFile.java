package dev.stowage.http.objects;

import dev.stowage.core.object.ObjectInfo;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;

/** The JSON of a stored file, which every kind of upload returns. */
@OpenApiName("StoredFile")
public record StoredFile(
        @OpenApiExample("raw/demo/a.txt") String key,
        @OpenApiExample("files") String bucket,

        @OpenApiDescription("In bytes") @OpenApiExample("12")
        long size,

        @OpenApiDescription("Without quotes") @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
        String etag,

        @OpenApiName("content_type") @OpenApiExample("text/plain")
        String contentType) {

    /** Returns the JSON for {@code info}. */
    public static StoredFile of(String bucket, ObjectInfo info) {
        return new StoredFile(
                info.key().value(),
                bucket,
                info.size(),
                info.etag().value(),
                info.attributes().contentType().value());
    }
}
