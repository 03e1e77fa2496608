package dev.stowage.http.multipart;

import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;

/** The fields of the form of a completion, for the OpenAPI document only. */
@OpenApiName("CompleteUploadForm")
record CompletionFormSchema(
        @OpenApiRequired @OpenApiExample(ApiDoc.KEY_EXAMPLE) String key,

        @OpenApiName("upload_id")
        @OpenApiDescription(ApiDoc.UPLOAD_ID)
        @OpenApiRequired
        @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE)
        String uploadId,

        @OpenApiName("parts_json")
        @OpenApiDescription("A JSON array of the parts, in ascending order; if absent, all uploaded parts")
        @OpenApiExample("[{\"part_number\": 1, \"etag\": \"6f5902ac237024bdd0c176cb93063dc4\"}]")
        String partsJson) {}
