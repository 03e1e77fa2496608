package dev.stowage.http.multipart;

import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.object.Etag;
import dev.stowage.http.exchange.Json;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part in the JSON of a completion. */
@OpenApiName("PartReference")
public record PartReference(
        @OpenApiName("part_number") @OpenApiRequired @OpenApiExample("1") @Nullable
        Integer partNumber,

        @OpenApiDescription("As returned when the part was uploaded")
        @OpenApiRequired
        @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4")
        @Nullable
        String etag) {

    /**
     * Returns the listed parts, in the same order.
     *
     * @throws dev.stowage.core.error.InvalidInput when a field is missing or invalid
     */
    public static List<PartTag> tags(List<@Nullable PartReference> parts) {
        List<PartTag> tags = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            String path = "parts[" + i + "]";
            PartReference part = Json.required(path, parts.get(i));
            tags.add(new PartTag(
                    new PartNumber(Json.required(path + ".part_number", part.partNumber())),
                    Etag.ofMaybeQuoted(Json.required(path + ".etag", part.etag()))));
        }
        return tags;
    }
}
