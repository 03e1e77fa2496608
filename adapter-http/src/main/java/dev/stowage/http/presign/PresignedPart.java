package dev.stowage.http.presign;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of signing the upload of a part. */
final class PresignedPart {

    private PresignedPart() {}

    @OpenApiName("PresignPart")
    record Request(
            @OpenApiRequired @OpenApiExample("raw/demo/a.txt") @Nullable
            String key,

            @OpenApiName("upload_id") @OpenApiRequired @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE) @Nullable
            String uploadId,

            @OpenApiName("part_number") @OpenApiRequired @OpenApiExample("1") @Nullable
            Integer partNumber,

            @OpenApiName("expires_in") @OpenApiDescription(Expiry.DESCRIPTION) @OpenApiExample("3600") @Nullable
            Long expiresIn) {

        @OpenApiIgnore
        UrlGrant.UploadPart grant() {
            return new UrlGrant.UploadPart(
                    new ObjectKey(Json.required("key", key)),
                    new UploadId(Json.required("upload_id", uploadId)),
                    new PartNumber(Json.required("part_number", partNumber)));
        }
    }

    @OpenApiName("PresignedPart")
    record Response(
            @OpenApiExample("http://127.0.0.1:9090/api/v1/signed/raw/demo/a.txt?expires=1764507600&signature=…")
            String url,

            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiName("upload_id") @OpenApiExample(ApiDoc.UPLOAD_ID_EXAMPLE)
            String uploadId,

            @OpenApiName("part_number") @OpenApiExample("1") int partNumber,

            @OpenApiName("expires_in") @OpenApiDescription("In seconds") @OpenApiExample("3600")
            long expiresIn,

            @OpenApiExample("PUT") String method,

            @OpenApiDescription("Headers that the request must send; often none")
            Map<String, String> headers) {}
}
