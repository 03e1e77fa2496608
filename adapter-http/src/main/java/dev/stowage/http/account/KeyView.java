package dev.stowage.http.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.Page;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of an API key without its secret. */
@OpenApiName("ApiKey")
record KeyView(
        @OpenApiExample(ApiDoc.API_KEY_ID_EXAMPLE) String id,
        @OpenApiExample("ci") String name,

        @OpenApiDescription("active, expired or revoked") @OpenApiExample("active")
        String state,

        @OpenApiExample("[\"read\", \"write\"]") List<String> actions,
        @OpenApiExample("[\"demo\"]") List<String> projects,

        @OpenApiDescription("The empty prefix stands for all files") @OpenApiExample("[\"raw/shared/\"]")
        List<String> prefixes,

        @OpenApiName("created_at") @OpenApiExample("2025-11-30T12:00:00Z")
        Instant createdAt,

        @OpenApiName("expires_at") @OpenApiNullable @OpenApiExample("2026-02-28T12:00:00Z") @Nullable
        Instant expiresAt,

        @OpenApiName("revoked_at") @OpenApiNullable @OpenApiExample("2025-12-24T12:00:00Z") @Nullable
        Instant revokedAt,

        @OpenApiName("used_at")
        @OpenApiNullable
        @OpenApiDescription("The last use, to the minute; recorded about a minute later")
        @OpenApiExample("2025-11-30T12:00:00Z")
        @Nullable
        Instant usedAt,

        @OpenApiDescription("Whether the key has an S3 key pair") @OpenApiExample("false")
        boolean s3) {

    static KeyView of(ApiKey key, Instant now) {
        return new KeyView(
                key.id(),
                key.name(),
                key.state(now).id(),
                RightsFields.actions(key.rights()),
                RightsFields.projects(key.rights()),
                RightsFields.prefixes(key.rights()),
                key.createdAt(),
                key.expiresAt().orElse(null),
                key.revokedAt().orElse(null),
                key.usedAt().orElse(null),
                key.s3());
    }

    /** A page of keys. */
    @OpenApiName("ApiKeys")
    record KeyList(
            List<KeyView> keys,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample(ApiDoc.API_KEY_ID_EXAMPLE)
            @Nullable
            String nextCursor) {

        static KeyList of(Page<ApiKey, String> page, Instant now) {
            return new KeyList(
                    page.items().stream().map(key -> KeyView.of(key, now)).toList(),
                    page.next().orElse(null));
        }
    }

    /** A new key with its secret. */
    @OpenApiName("CreatedApiKey")
    record Created(
            @OpenApiExample(ApiDoc.API_KEY_ID_EXAMPLE) String id,

            @OpenApiDescription("The key that clients send; shown only now") @OpenApiExample("stw_k3x9m2q7ah4d_5xq2…")
            String key,

            @OpenApiExample("ci") String name,
            @OpenApiExample("[\"read\", \"write\"]") List<String> actions,
            @OpenApiExample("[\"demo\"]") List<String> projects,
            @OpenApiExample("[\"raw/shared/\"]") List<String> prefixes,

            @OpenApiName("created_at") @OpenApiExample("2025-11-30T12:00:00Z")
            Instant createdAt,

            @OpenApiName("expires_at") @OpenApiNullable @OpenApiExample("2026-02-28T12:00:00Z") @Nullable
            Instant expiresAt,

            @OpenApiName("access_key_id")
            @OpenApiNullable
            @OpenApiDescription("The public part of the S3 key pair; null without a pair")
            @OpenApiExample(ApiDoc.API_KEY_ID_EXAMPLE)
            @Nullable
            String accessKeyId,

            @JsonProperty("secret_access_key")
            @OpenApiName("secret_access_key")
            @OpenApiNullable
            @OpenApiDescription("The secret of the S3 key pair; shown only now")
            @OpenApiExample("5d41…")
            @Nullable
            String pairKey) {

        static Created of(ApiKeyManagement.NewKey made) {
            ApiKey key = made.key();
            return new Created(
                    key.id(),
                    made.text().value(),
                    key.name(),
                    RightsFields.actions(key.rights()),
                    RightsFields.projects(key.rights()),
                    RightsFields.prefixes(key.rights()),
                    key.createdAt(),
                    key.expiresAt().orElse(null),
                    made.s3AccessKeyId().orElse(null),
                    made.s3Secret().map(Secret::value).orElse(null));
        }
    }

    /** A key with its new secret. */
    @OpenApiName("RotatedApiKey")
    record Rotated(
            @OpenApiExample(ApiDoc.API_KEY_ID_EXAMPLE) String id,

            @OpenApiDescription("The key that clients send; shown only now") @OpenApiExample("stw_k3x9m2q7ah4d_7yb4…")
            String key,

            @OpenApiName("access_key_id")
            @OpenApiNullable
            @OpenApiDescription("The public part of the S3 key pair; null without a pair")
            @OpenApiExample(ApiDoc.API_KEY_ID_EXAMPLE)
            @Nullable
            String accessKeyId,

            @JsonProperty("secret_access_key")
            @OpenApiName("secret_access_key")
            @OpenApiNullable
            @OpenApiDescription("The secret of the S3 key pair; shown only now")
            @OpenApiExample("5d41…")
            @Nullable
            String pairKey) {

        static Rotated of(ApiKeyManagement.NewKey rotated) {
            return new Rotated(
                    rotated.key().id(),
                    rotated.text().value(),
                    rotated.s3AccessKeyId().orElse(null),
                    rotated.s3Secret().map(Secret::value).orElse(null));
        }
    }
}
