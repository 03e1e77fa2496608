package dev.stowage.http.multipart;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that completes an upload.
 *
 * @param parts null for all uploaded parts
 */
@OpenApiName("CompleteUpload")
record CompleteRequest(
        @OpenApiRequired @OpenApiExample("raw/demo/a.txt") @Nullable
        String key,

        @OpenApiName("upload_id") @OpenApiRequired @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE) @Nullable
        String uploadId,

        @OpenApiDescription("In ascending order; if absent, all uploaded parts") @Nullable
        List<@Nullable PartReference> parts) {

    @OpenApiIgnore
    ObjectKey objectKey() {
        return new ObjectKey(Json.required("key", key));
    }

    @OpenApiIgnore
    UploadId id() {
        return new UploadId(Json.required("upload_id", uploadId));
    }

    @OpenApiIgnore
    Optional<List<PartTag>> tags() {
        return parts == null ? Optional.empty() : Optional.of(PartReference.tags(parts));
    }
}
