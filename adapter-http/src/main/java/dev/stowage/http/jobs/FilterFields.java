package dev.stowage.http.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.Glob;
import dev.stowage.core.job.SourceFilter;
import dev.stowage.core.object.Metadata;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The JSON of a filter of files, in requests and responses. */
@OpenApiName("JobFilter")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FilterFields(
        @OpenApiName("older_than")
        @OpenApiNullable
        @OpenApiDescription("Last modified more than this many seconds before the job was submitted")
        @OpenApiExample("2592000")
        @Nullable
        Long olderThan,

        @OpenApiName("newer_than")
        @OpenApiNullable
        @OpenApiDescription("Last modified less than this many seconds before the job was submitted, or later")
        @OpenApiExample("86400")
        @Nullable
        Long newerThan,

        @OpenApiName("larger_than")
        @OpenApiNullable
        @OpenApiDescription("More bytes than this")
        @OpenApiExample("1048576")
        @Nullable
        Long largerThan,

        @OpenApiName("smaller_than")
        @OpenApiNullable
        @OpenApiDescription("Fewer bytes than this")
        @OpenApiExample("1073741824")
        @Nullable
        Long smallerThan,

        @OpenApiNullable
        @OpenApiDescription(
                "Pattern for the part of the key after its last slash: * stands for any text, ? for one character, and a backslash"
                        + " takes the next character literally; case matters")
        @OpenApiExample("*.csv")
        @Nullable
        String name,

        @OpenApiName("content_type")
        @OpenApiNullable
        @OpenApiDescription("Pattern for the content type without its parameters, in any case")
        @OpenApiExample("image/*")
        @Nullable
        String contentType,

        @OpenApiNullable @OpenApiDescription("Entries that the file's metadata must have, with equal values") @Nullable
        Map<String, @Nullable String> metadata) {

    public static FilterFields of(SourceFilter filter) {
        return new FilterFields(
                filter.olderThan().map(Duration::toSeconds).orElse(null),
                filter.newerThan().map(Duration::toSeconds).orElse(null),
                boxed(filter.largerThan()),
                boxed(filter.smallerThan()),
                filter.name().map(Glob::pattern).orElse(null),
                filter.contentType().map(Glob::pattern).orElse(null),
                filter.metadata().values().isEmpty()
                        ? null
                        : new LinkedHashMap<>(filter.metadata().values()));
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    @OpenApiIgnore
    public SourceFilter filter() {
        Map<String, String> entries = new LinkedHashMap<>();
        if (metadata != null) {
            metadata.forEach(
                    (entry, value) -> entries.put(entry, Json.required("source.filter.metadata." + entry, value)));
        }
        return new SourceFilter(
                span(olderThan),
                span(newerThan),
                optional(largerThan),
                optional(smallerThan),
                Optional.ofNullable(name).map(text -> pattern("name", text)),
                Optional.ofNullable(contentType).map(text -> pattern("content_type", text)),
                new Metadata(entries));
    }

    private static Glob pattern(String field, String text) {
        try {
            return new Glob(text);
        } catch (InvalidInput e) {
            throw new InvalidInput(e.code(), field + ": " + e.getMessage(), Map.of("field", "source.filter." + field));
        }
    }

    private static Optional<Duration> span(@Nullable Long seconds) {
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
    }

    private static OptionalLong optional(@Nullable Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
