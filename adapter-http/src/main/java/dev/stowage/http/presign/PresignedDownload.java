package dev.stowage.http.presign;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.http.download.DispositionHeader;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiRequired;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of signing a download. */
final class PresignedDownload {

    private PresignedDownload() {}

    @OpenApiName("PresignDownload")
    record Request(
            @OpenApiRequired @OpenApiExample("raw/demo/a.txt") @Nullable
            String key,

            @OpenApiName("expires_in") @OpenApiDescription(Expiry.DESCRIPTION) @OpenApiExample("3600") @Nullable
            Long expiresIn,

            @OpenApiName("response_content_disposition")
            @OpenApiNullable
            @OpenApiDescription("The Content-Disposition of the response")
            @OpenApiExample("inline")
            @Nullable
            String responseContentDisposition) {

        @OpenApiIgnore
        UrlGrant.Download grant() {
            return new UrlGrant.Download(
                    new ObjectKey(Json.required("key", key)),
                    Optional.ofNullable(responseContentDisposition).map(Request::headerValue));
        }

        /** Only what RFC 6266 allows: browsers show other values inline. */
        private static String headerValue(String text) {
            if (text.chars().anyMatch(c -> c < 0x20 || c >= 0x7F)) {
                throw invalid("It must be visible ASCII; write other letters as filename* (RFC 8187)");
            }
            try {
                return DispositionHeader.parse(text).text();
            } catch (InvalidInput e) {
                throw invalid(String.valueOf(e.getMessage()));
            }
        }

        private static InvalidInput invalid(String reason) {
            return InvalidInput.ofField(
                    "response_content_disposition", "response_content_disposition is not valid. " + reason);
        }
    }

    @OpenApiName("PresignedDownload")
    record Response(
            @OpenApiExample("http://127.0.0.1:9090/api/v1/signed/raw/demo/a.txt?expires=1764507600&signature=…")
            String url,

            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiName("expires_in") @OpenApiDescription("In seconds") @OpenApiExample("3600")
            long expiresIn,

            @OpenApiExample("GET") String method,

            @OpenApiDescription("Headers that the request must send; often none")
            Map<String, String> headers) {}
}
