package dev.stowage.http.lifecycle;

import dev.stowage.core.expiry.ExpiryPreview;
import dev.stowage.core.lifecycle.LifecycleRule;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the rules. */
@OpenApiName("Lifecycle")
record LifecycleView(List<RuleFields> rules) {

    static LifecycleView of(List<LifecycleRule> rules) {
        return new LifecycleView(rules.stream().map(RuleFields::of).toList());
    }

    /** The JSON of a dry run. */
    @OpenApiName("LifecyclePreview")
    record Preview(
            @OpenApiDescription("The number of files found by this request") @OpenApiExample("2")
            long count,

            @OpenApiDescription("Their total size") @OpenApiExample("2048")
            long bytes,

            @OpenApiDescription("The first of them, at most 100")
            List<Taken> files,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription(
                    "The cursor for the next request, which compares further files; add up the counts. Null when all were compared")
            @OpenApiExample("0:raw/demo/exports/x")
            @Nullable
            String nextCursor) {

        static Preview of(ExpiryPreview preview) {
            return new Preview(
                    preview.count(),
                    preview.bytes(),
                    preview.files().stream().map(Taken::of).toList(),
                    preview.next().orElse(null));
        }
    }

    /** The JSON of a file that a rule would take. */
    @OpenApiName("LifecyclePreviewFile")
    record Taken(
            @OpenApiExample("raw/demo/exports/a.csv") String key,

            @OpenApiDescription("In bytes") @OpenApiExample("1024")
            long size,

            @OpenApiExample("2025-11-30T12:00:00Z") @OpenApiName("last_modified")
            Instant lastModified,

            @OpenApiDescription("The id of the rule") @OpenApiExample("old-exports")
            String rule) {

        static Taken of(ExpiryPreview.Taken taken) {
            return new Taken(
                    taken.file().key().value(),
                    taken.file().size(),
                    taken.file().lastModified(),
                    taken.rule().id());
        }
    }
}
