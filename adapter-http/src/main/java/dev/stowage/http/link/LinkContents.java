package dev.stowage.http.link;

import dev.stowage.core.access.Link;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The JSON of a link for its users. */
@OpenApiName("LinkContents")
record LinkContents(
        @OpenApiDescription("download or upload") @OpenApiExample("download")
        String kind,

        @OpenApiDescription("The files in the folder; empty for uploads")
        List<LinkFile> files,

        @OpenApiDescription("The folders in the folder, by their paths below the link") @OpenApiExample("[\"photos/\"]")
        List<String> folders,

        @OpenApiNullable
        @OpenApiDescription("For the parameter after of the next page; null on the last page")
        @OpenApiExample("z.txt")
        @Nullable
        String next,

        @OpenApiName("max_size")
        @OpenApiNullable
        @OpenApiDescription("For uploads, the maximum size of each file in bytes, if the link limits it")
        @OpenApiExample("10485760")
        @Nullable
        Long maxSize,

        @OpenApiName("expires_at") @OpenApiNullable @OpenApiExample("2025-12-01T12:00:00Z") @Nullable
        Instant expiresAt) {

    static LinkContents upload(Link link) {
        OptionalLong max = link.limits().maxSize();
        return new LinkContents(
                LinkView.UPLOAD,
                List.of(),
                List.of(),
                null,
                max.isPresent() ? max.getAsLong() : null,
                link.limits().expiresAt().orElse(null));
    }

    static LinkContents download(Link link, LinkListing listing) {
        return new LinkContents(
                LinkView.DOWNLOAD,
                listing.files().stream()
                        .map(file -> new LinkFile(listing.name(file), file.size()))
                        .toList(),
                listing.folders(),
                listing.next().orElse(null),
                null,
                link.limits().expiresAt().orElse(null));
    }

    /** A file below a link. */
    @OpenApiName("LinkFile")
    record LinkFile(
            @OpenApiDescription("Below the link; the file is at the link's URL, a slash, and this name")
            @OpenApiExample("photos/a.jpg")
            String name,

            @OpenApiDescription("In bytes") @OpenApiExample("12")
            long size) {}

    /** The files that a request has stored. */
    @OpenApiName("ReceivedFiles")
    record Received(List<LinkFile> files) {}
}
