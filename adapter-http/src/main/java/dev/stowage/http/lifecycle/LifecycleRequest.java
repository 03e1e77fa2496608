package dev.stowage.http.lifecycle;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import io.javalin.openapi.OpenApiRequired;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of all rules that replace those before. */
@OpenApiName("LifecycleRequest")
record LifecycleRequest(
        @OpenApiRequired @OpenApiDescription("At most 1000; empty for no rules") @Nullable
        List<@Nullable RuleFields> rules) {

    @OpenApiIgnore
    List<LifecycleRule> requiredRules() {
        return read(Json.required("rules", rules));
    }

    private static List<LifecycleRule> read(List<@Nullable RuleFields> rules) {
        List<LifecycleRule> read = new ArrayList<>();
        for (RuleFields fields : rules) {
            String field = "rules[" + read.size() + "]";
            try {
                read.add(Json.required(field, fields).rule());
            } catch (InvalidInput e) {
                throw within(field, e);
            }
        }
        return read;
    }

    /** Names the rule in which the mistake is. */
    private static InvalidInput within(String rule, InvalidInput e) {
        Map<String, Object> detail = new LinkedHashMap<>(e.detail());
        detail.computeIfPresent(
                "field",
                (name, field) -> field.equals(rule)
                        ? rule
                        : rule + "." + field.toString().replaceFirst("^source[.]", ""));
        return new InvalidInput(e.code(), rule + ": " + e.getMessage(), detail);
    }

    /** The JSON of a dry run. */
    @OpenApiName("LifecyclePreviewRequest")
    record Preview(
            @OpenApiNullable @OpenApiDescription("The rules to compare files with; the stored ones if absent") @Nullable
            List<@Nullable RuleFields> rules,

            @OpenApiNullable
            @OpenApiDescription("next_cursor of the previous response, for the same rules")
            @OpenApiExample("0:raw/demo/exports/x")
            @Nullable
            String cursor) {

        @OpenApiIgnore
        Optional<List<LifecycleRule>> given() {
            return Optional.ofNullable(rules).map(LifecycleRequest::read);
        }
    }
}
