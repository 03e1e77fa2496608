package dev.stowage.http.objects;

import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of {@link MetadataPatch}, for the OpenAPI document only. */
@OpenApiName("MetadataPatch")
record MetadataPatchSchema(
        @OpenApiName("content_type")
        @OpenApiNullable
        @OpenApiDescription("Null sets application/octet-stream")
        @OpenApiExample("text/plain")
        @Nullable
        String contentType,

        @OpenApiNullable
        @OpenApiDescription("User metadata; replaces all of it")
        @OpenApiExample("{\"author\": \"Ada\"}")
        @Nullable
        Map<String, String> metadata,

        @OpenApiName("cache_control") @OpenApiNullable @OpenApiExample("max-age=3600") @Nullable
        String cacheControl,

        @OpenApiName("content_disposition") @OpenApiNullable @OpenApiExample("inline; filename=\"a.txt\"") @Nullable
        String contentDisposition,

        @OpenApiName("content_encoding")
        @OpenApiNullable
        @OpenApiDescription("The content coding of the file's bytes; the bytes do not change")
        @OpenApiExample("gzip")
        @Nullable
        String contentEncoding,

        @OpenApiName("content_language") @OpenApiNullable @OpenApiExample("de") @Nullable
        String contentLanguage) {}
