package dev.stowage.http.multipart;

import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.io.InputStream;

/** The fields of a part's form, for the OpenAPI document only. */
@OpenApiName("UploadPartForm")
record PartFormSchema(
        @OpenApiRequired @OpenApiExample(ApiDoc.KEY_EXAMPLE) String key,

        @OpenApiName("upload_id")
        @OpenApiDescription(ApiDoc.UPLOAD_ID)
        @OpenApiRequired
        @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE)
        String uploadId,

        @OpenApiName("part_number") @OpenApiDescription("1 to 10000") @OpenApiRequired @OpenApiExample("1")
        int partNumber,

        @OpenApiDescription("The part's bytes; after the other fields they are streamed without buffering")
        @OpenApiRequired
        InputStream file) {}
