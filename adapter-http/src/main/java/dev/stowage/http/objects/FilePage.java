package dev.stowage.http.objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ObjectPage;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of a page of a listing. */
@OpenApiName("FilePage")
record FilePage(
        List<Entry> files,

        @OpenApiName("common_prefixes") @OpenApiDescription("The prefixes that group keys by the delimiter")
        List<String> commonPrefixes,

        @OpenApiDescription(
                "The number of objects and common prefixes that the page omits because their keys can't be used in a "
                        + "request: control characters, or a segment . or ..")
        @OpenApiExample("0")
        long unaddressable,

        @OpenApiName("next_continuation_token")
        @OpenApiNullable
        @OpenApiDescription("Null on the last page")
        @OpenApiExample("cmF3L2RlbW8vYS50eHQ")
        @Nullable
        String nextContinuationToken,

        @OpenApiName("is_truncated")
        @JsonProperty("is_truncated")
        @OpenApiDescription("Whether more pages follow")
        @OpenApiExample("true")
        boolean truncated) {

    static FilePage of(ObjectPage page) {
        return new FilePage(
                page.objects().stream().map(Entry::of).toList(),
                page.commonPrefixes(),
                page.unaddressable(),
                page.nextToken().orElse(null),
                page.nextToken().isPresent());
    }

    @OpenApiName("FileEntry")
    record Entry(
            @OpenApiExample("raw/demo/a.txt") String key,

            @OpenApiDescription("In bytes") @OpenApiExample("12")
            long size,

            @OpenApiName("last_modified") @OpenApiExample("2025-11-30T12:00:00Z")
            Instant lastModified,

            @OpenApiDescription("Without quotes") @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
            String etag) {

        static Entry of(ObjectSummary object) {
            return new Entry(
                    object.key().value(),
                    object.size(),
                    object.lastModified(),
                    object.etag().value());
        }
    }
}
