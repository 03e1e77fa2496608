package dev.stowage.http.objects;

import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.ObjectInfo;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a file's metadata. */
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

        @OpenApiDescription("User metadata, by lower-case name")
        Map<String, String> metadata,

        @OpenApiName("cache_control") @OpenApiNullable @OpenApiExample("max-age=3600") @Nullable
        String cacheControl,

        @OpenApiName("content_disposition") @OpenApiNullable @OpenApiExample("inline; filename=\"a.txt\"") @Nullable
        String contentDisposition,

        @OpenApiName("content_encoding")
        @OpenApiNullable
        @OpenApiDescription("The content coding of the file's bytes")
        @OpenApiExample("gzip")
        @Nullable
        String contentEncoding,

        @OpenApiName("content_language") @OpenApiNullable @OpenApiExample("de") @Nullable
        String contentLanguage,

        @OpenApiName("expires_at")
        @OpenApiNullable
        @OpenApiDescription(
                "When the file is deleted by itself, by expires_in of its upload; rules may delete it earlier")
        @OpenApiExample("2025-12-01T12:00:00Z")
        @Nullable
        Instant expiresAt) {

    static FileInfo of(String bucket, ObjectInfo info) {
        Map<HeaderAttribute, String> headers = info.attributes().headers().values();
        return new FileInfo(
                info.key().value(),
                bucket,
                info.size(),
                info.etag().value(),
                info.lastModified(),
                info.attributes().contentType().value(),
                info.attributes().metadata().values(),
                headers.get(HeaderAttribute.CACHE_CONTROL),
                headers.get(HeaderAttribute.CONTENT_DISPOSITION),
                headers.get(HeaderAttribute.CONTENT_ENCODING),
                headers.get(HeaderAttribute.CONTENT_LANGUAGE),
                info.expiresAt().orElse(null));
    }
}
