package dev.stowage.http.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stowage.core.config.Units;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.jobs.FilterFields;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiRequired;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of a rule, in requests and responses. */
@OpenApiName("LifecycleRule")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuleFields(
        @OpenApiRequired
        @OpenApiDescription("Names the rule among those of its prefix: 1 to 64 characters of A-Z a-z 0-9 . _ -")
        @OpenApiExample("old-exports")
        @Nullable
        String id,

        @OpenApiRequired
        @OpenApiDescription("The files whose keys begin with it; empty for all files")
        @OpenApiExample("raw/demo/exports/")
        @Nullable
        String prefix,

        @OpenApiNullable
        @OpenApiDescription(
                "Takes only some of these files; as the filter of a job's source, without older_than and newer_than")
        @Nullable
        FilterFields filter,

        @OpenApiRequired
        @OpenApiName("expire_after")
        @OpenApiDescription("How long after its last modification a file is deleted, such as 90s, 5m, 24h or 30d")
        @OpenApiExample("30d")
        @Nullable
        String expireAfter) {

    static RuleFields of(LifecycleRule rule) {
        return new RuleFields(
                rule.id(),
                rule.prefix().value(),
                rule.filter().map(FilterFields::of).orElse(null),
                Units.show(rule.expireAfter()));
    }

    @OpenApiIgnore
    LifecycleRule rule() {
        return new LifecycleRule(
                Json.required("id", id),
                new KeyPrefix(Json.required("prefix", prefix)),
                Optional.ofNullable(filter).map(FilterFields::filter),
                duration(Json.required("expire_after", expireAfter)),
                Optional.empty());
    }

    private static Duration duration(String text) {
        try {
            return Units.duration(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw InvalidInput.ofField("expire_after", "expire_after must be a duration such as 90s, 5m, 24h or 30d");
        }
    }
}
