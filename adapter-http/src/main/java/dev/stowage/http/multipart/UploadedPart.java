package dev.stowage.http.multipart;

import dev.stowage.core.multipart.PartInfo;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;

/** The JSON of a stored part. */
@OpenApiName("UploadedPart")
public record UploadedPart(
        @OpenApiName("part_number") @OpenApiExample("1") int partNumber,

        @OpenApiDescription("Without quotes; needed to complete the upload")
        @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
        String etag) {

    /** Returns the JSON for {@code part}. */
    public static UploadedPart of(PartInfo part) {
        return new UploadedPart(part.number().value(), part.etag().value());
    }
}
