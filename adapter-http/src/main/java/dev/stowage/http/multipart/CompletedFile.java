package dev.stowage.http.multipart;

import dev.stowage.core.object.ObjectInfo;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;

/** The JSON of a file that was assembled from parts. */
@OpenApiName("CompletedFile")
public record CompletedFile(
        @OpenApiExample("raw/demo/a.txt") String key,
        @OpenApiExample("files") String bucket,

        @OpenApiDescription("Without quotes") @OpenApiExample("d41d8cd98f00b204e9800998ecf8427e-2")
        String etag,

        @OpenApiDescription("In bytes") @OpenApiExample("10485760")
        long size) {

    /** Returns the JSON for {@code info}. */
    public static CompletedFile of(String bucket, ObjectInfo info) {
        return new CompletedFile(info.key().value(), bucket, info.etag().value(), info.size());
    }
}
