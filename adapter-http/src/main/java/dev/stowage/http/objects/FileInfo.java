package dev.stowage.http.objects;

import dev.stowage.core.object.ObjectInfo;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import java.time.Instant;
import java.util.Map;

/** What is known of a file, as clients see it. */
@OpenApiName("FileInfo")
record FileInfo(
        @OpenApiExample("raw/demo/a.txt") String key,
        @OpenApiExample("files") String bucket,

        @OpenApiDescription("In bytes") @OpenApiExample("12")
        long size,

        @OpenApiDescription("Without quotes") @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
        String etag,

        @OpenApiExample("2025-11-30T12:00:00Z") @OpenApiName("last_modified")
        Instant lastModified,

        @OpenApiExample("text/plain") @OpenApiName("content_type")
        String contentType,

        @OpenApiDescription("The user's own notes, by lower-case name")
        Map<String, String> metadata) {

    static FileInfo of(String bucket, ObjectInfo info) {
        return new FileInfo(
                info.key().value(),
                bucket,
                info.size(),
                info.etag().value(),
                info.lastModified(),
                info.attributes().contentType().value(),
                info.attributes().metadata().values());
    }
}
