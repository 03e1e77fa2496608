package dev.stowage.http.form;

import dev.stowage.http.metadata.ExpiresIn;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.io.InputStream;

/** The fields of an upload's form, for the OpenAPI document only. */
@OpenApiName("UploadForm")
record UploadFormSchema(
        @OpenApiDescription("The file's key; if it is the first field, the file is streamed without buffering")
        @OpenApiRequired
        @OpenApiExample(ApiDoc.KEY_EXAMPLE)
        String key,

        @OpenApiDescription("The file's bytes") @OpenApiRequired
        InputStream file,

        @OpenApiName("content_type")
        @OpenApiDescription("The file's media type; by default that of its form part, else application/octet-stream")
        @OpenApiExample("text/plain")
        String contentType,

        @OpenApiDescription("User metadata as a JSON object of strings") @OpenApiExample("{\"author\": \"Ada\"}")
        String metadata,

        @OpenApiName("cache_control") @OpenApiDescription("The file's Cache-Control") @OpenApiExample("max-age=3600")
        String cacheControl,

        @OpenApiName("content_disposition")
        @OpenApiDescription("The file's Content-Disposition")
        @OpenApiExample("inline; filename=\"a.txt\"")
        String contentDisposition,

        @OpenApiName("content_encoding")
        @OpenApiDescription("The content coding of the file's bytes; they are stored as sent")
        @OpenApiExample("gzip")
        String contentEncoding,

        @OpenApiName("content_language") @OpenApiDescription("The file's Content-Language") @OpenApiExample("de")
        String contentLanguage,

        @OpenApiName(ExpiresIn.NAME) @OpenApiDescription(ExpiresIn.DESCRIPTION) @OpenApiExample(ExpiresIn.EXAMPLE)
        Long expiresIn) {}
