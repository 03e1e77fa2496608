package dev.stowage.http.account;

import dev.stowage.core.access.Rights;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiRequired;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of a new API key. */
@OpenApiName("NewApiKey")
record KeyRequest(
        @OpenApiRequired
        @OpenApiDescription("For people: 1 to 64 characters without control characters; need not be unique")
        @OpenApiExample("ci")
        @Nullable
        String name,

        @OpenApiNullable
        @OpenApiDescription(
                "Of read, write, delete, jobs, webhooks, metrics and admin; without it, read, write, delete and jobs")
        @OpenApiExample("[\"read\", \"write\"]")
        @Nullable
        List<@Nullable String> actions,

        @OpenApiNullable
        @OpenApiDescription("Projects whose files the key may access; at most 100 projects and prefixes together")
        @OpenApiExample("[\"demo\"]")
        @Nullable
        List<@Nullable String> projects,

        @OpenApiNullable
        @OpenApiDescription("Prefixes of the files that the key may access; the empty prefix stands for all files")
        @OpenApiExample("[\"raw/shared/\"]")
        @Nullable
        List<@Nullable String> prefixes,

        @OpenApiName("expires_in")
        @OpenApiNullable
        @OpenApiDescription("The key's lifetime in seconds, at most 3153600000; without it, the key does not expire")
        @OpenApiExample("7776000")
        @Nullable
        Long expiresIn,

        @OpenApiNullable
        @OpenApiDescription("Whether the key has an S3 key pair; without it, false")
        @OpenApiExample("false")
        @Nullable
        Boolean s3) {

    @OpenApiIgnore
    String requiredName() {
        return Json.required("name", name);
    }

    @OpenApiIgnore
    boolean withS3() {
        return s3 != null && s3;
    }

    @OpenApiIgnore
    Rights rights() {
        return RightsFields.parse(actions, projects, prefixes);
    }

    @OpenApiIgnore
    Optional<Duration> lifetime() {
        return Optional.ofNullable(expiresIn).map(Duration::ofSeconds);
    }
}
