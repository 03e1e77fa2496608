package dev.stowage.http.link;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Link;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.port.Page;
import dev.stowage.http.route.ApiDoc;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The JSON of a link. */
@OpenApiName("Link")
record LinkView(
        @OpenApiExample(ApiDoc.LINK_ID_EXAMPLE) String id,

        @OpenApiNullable
        @OpenApiDescription("The URL for everyone who may use the link; present only when the link is created")
        @OpenApiExample("http://127.0.0.1:9090/s/k3x9m2q7ah4dk3x9m2q7ah4dk3x9m2q7")
        @Nullable
        String url,

        @OpenApiDescription("download or upload") @OpenApiExample("download")
        String kind,

        @OpenApiNullable @OpenApiExample("raw/demo/a.txt") @Nullable
        String key,

        @OpenApiNullable @OpenApiExample("raw/demo/photos/") @Nullable
        String prefix,

        @OpenApiDescription("active, expired, used_up or revoked") @OpenApiExample("active")
        String state,

        @OpenApiName("has_password") @JsonProperty("has_password") @OpenApiExample("false")
        boolean guarded,

        @OpenApiDescription("The downloads or uploads so far") @OpenApiExample("3")
        long uses,

        @OpenApiName("max_uses") @OpenApiNullable @OpenApiExample("10") @Nullable
        Long maxUses,

        @OpenApiName("max_size") @OpenApiNullable @OpenApiExample("10485760") @Nullable
        Long maxSize,

        @OpenApiNullable
        @OpenApiDescription("The principal who created it; null if the service requires no authentication")
        @OpenApiExample("key:k3x9m2q7ah4d")
        @Nullable
        String owner,

        @OpenApiName("created_at") @OpenApiExample("2025-11-30T12:00:00Z")
        Instant createdAt,

        @OpenApiName("expires_at") @OpenApiNullable @OpenApiExample("2025-12-01T12:00:00Z") @Nullable
        Instant expiresAt,

        @OpenApiName("revoked_at") @OpenApiNullable @OpenApiExample("2025-11-30T13:00:00Z") @Nullable
        Instant revokedAt,

        @OpenApiName("used_at")
        @OpenApiNullable
        @OpenApiDescription("The last use")
        @OpenApiExample("2025-11-30T12:30:00Z")
        @Nullable
        Instant usedAt) {

    static final String DOWNLOAD = "download";
    static final String UPLOAD = "upload";

    static LinkView of(Link link, Instant now, @Nullable String url) {
        LinkTarget target = link.target();
        Link.Limits limits = link.limits();
        return new LinkView(
                link.id(),
                url,
                target.action() == Action.READ ? DOWNLOAD : UPLOAD,
                target instanceof LinkTarget.OneFile ? target.text() : null,
                target instanceof LinkTarget.Folder ? target.text() : null,
                link.state(now).id(),
                limits.guarded(),
                link.uses().count(),
                boxed(limits.maxUses()),
                boxed(limits.maxSize()),
                link.owner().orElse(null),
                link.createdAt(),
                limits.expiresAt().orElse(null),
                link.revokedAt().orElse(null),
                link.uses().last().orElse(null));
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /** A page of links. */
    @OpenApiName("Links")
    record LinkList(
            List<LinkView> links,

            @OpenApiName("next_cursor")
            @OpenApiNullable
            @OpenApiDescription("Null on the last page")
            @OpenApiExample(ApiDoc.LINK_ID_EXAMPLE)
            @Nullable
            String nextCursor) {

        static LinkList of(Page<Link, String> page, Instant now) {
            return new LinkList(
                    page.items().stream()
                            .map(link -> LinkView.of(link, now, null))
                            .toList(),
                    page.next().orElse(null));
        }
    }
}
