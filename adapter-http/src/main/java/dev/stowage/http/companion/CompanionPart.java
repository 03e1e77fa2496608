package dev.stowage.http.companion;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.core.multipart.PartInfo;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;

/** A part in a list for Uppy, with the names of S3's XML. */
@OpenApiName("CompanionPart")
record CompanionPart(
        @JsonProperty("PartNumber") @OpenApiName("PartNumber") @OpenApiExample("1")
        int number,

        @JsonProperty("Size") @OpenApiName("Size") @OpenApiExample("8388608")
        long size,

        @JsonProperty("ETag") @OpenApiName("ETag") @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
        String etag) {

    static CompanionPart of(PartInfo part) {
        return new CompanionPart(part.number().value(), part.size(), part.etag().value());
    }
}
