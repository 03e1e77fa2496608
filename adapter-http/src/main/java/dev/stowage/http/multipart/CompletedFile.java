package dev.stowage.http.multipart;

import dev.stowage.core.object.ObjectInfo;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;

/** A file that was just made of parts. */
@OpenApiName("CompletedFile")
public record CompletedFile(
        @OpenApiExample("raw/demo/a.txt") String key,
        @OpenApiExample("files") String bucket,

        @OpenApiDescription("Without quotes") @OpenApiExample("d41d8cd98f00b204e9800998ecf8427e-2")
        String etag,

        @OpenApiDescription("In bytes") @OpenApiExample("10485760")
        long size) {

    /** What clients see of {@code info}. */
    public static CompletedFile of(String bucket, ObjectInfo info) {
        return new CompletedFile(info.key().value(), bucket, info.etag().value(), info.size());
    }
}
