package dev.stowage.http.download;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON of a request for an archive. */
@OpenApiName("ArchiveRequest")
record ArchiveRequest(
        @OpenApiNullable
        @OpenApiDescription("Files; at most 1000 keys and prefixes together, and at least one")
        @OpenApiExample("[\"raw/demo/a.txt\", \"raw/demo/b.txt\"]")
        @Nullable
        List<@Nullable String> keys,

        @OpenApiNullable
        @OpenApiDescription("All files whose keys begin with one of these")
        @OpenApiExample("[\"raw/demo/photos/\"]")
        @Nullable
        List<@Nullable String> prefixes,

        @OpenApiName("strip_prefix")
        @OpenApiNullable
        @OpenApiDescription("The names of the entries are the keys without this prefix")
        @OpenApiExample("raw/demo/")
        @Nullable
        String stripPrefix,

        @OpenApiNullable
        @OpenApiDescription("The name of the file that browsers save; by default files.zip, or that of the only prefix")
        @OpenApiExample("demo.zip")
        @Nullable
        String name) {

    @OpenApiIgnore
    ArchiveSelection selection() {
        return new ArchiveSelection(
                list("prefixes", prefixes, KeyPrefix::new),
                list("keys", keys, ObjectKey::new),
                stripPrefix == null ? KeyPrefix.ALL : new KeyPrefix(stripPrefix));
    }

    private static <T> List<T> list(String field, @Nullable List<@Nullable String> texts, Function<String, T> parse) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > ArchiveSelection.MAX_NAMED) {
            throw new InvalidInput(
                    ErrorCode.TOO_MANY_KEYS,
                    "An archive can be requested with at most " + ArchiveSelection.MAX_NAMED
                            + " keys and prefixes; name a prefix instead, or submit a batch job with the operation archive",
                    Map.of("max_keys", ArchiveSelection.MAX_NAMED));
        }
        return texts.stream()
                .map(text -> parse.apply(Json.required(field, text)))
                .toList();
    }
}
