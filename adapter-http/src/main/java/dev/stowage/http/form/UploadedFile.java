package dev.stowage.http.form;

import dev.stowage.core.object.ObjectInfo;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;

/** A file that was stored, as clients see it. */
@OpenApiName("UploadedFile")
record UploadedFile(
        @OpenApiExample("raw/demo/a.txt") String key,
        @OpenApiExample("files") String bucket,

        @OpenApiDescription("In bytes") @OpenApiExample("12")
        long size,

        @OpenApiDescription("Without quotes") @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
        String etag,

        @OpenApiExample("text/plain") @OpenApiName("content_type")
        String contentType) {

    static UploadedFile of(String bucket, ObjectInfo info) {
        return new UploadedFile(
                info.key().value(),
                bucket,
                info.size(),
                info.etag().value(),
                info.attributes().contentType().value());
    }
}
