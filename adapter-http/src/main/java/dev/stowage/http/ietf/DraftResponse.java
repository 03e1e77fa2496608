package dev.stowage.http.ietf;

import dev.stowage.core.multipart.Completion;
import dev.stowage.core.upload.ResumableStatus;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.KeyHeader;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Writes the state of an upload to responses. */
final class DraftResponse {

    private final long maxSize;
    private final Duration uploadTtl;
    private final InstantSource clock;
    private final Json json;

    DraftResponse(long maxSize, Duration uploadTtl, InstantSource clock, Json json) {
        this.maxSize = maxSize;
        this.uploadTtl = uploadTtl;
        this.clock = clock;
        this.json = json;
    }

    /** Writes the limits of new uploads. */
    void limits(Context ctx) {
        ctx.header(DraftHeaders.LIMIT, DraftHeaders.limit(maxSize, uploadTtl));
    }

    /** 201 with the upload's URL, offset and limits. */
    void created(Context ctx, ResumableStatus status) {
        ctx.header(
                "Location",
                PublicAddress.path(
                        ctx, Routes.RESUMABLE + "/" + status.resumption().id()));
        state(ctx, status);
        json.write(ctx, 201, Upload.of(status));
    }

    /** 200 with the complete file, or 204. */
    void appended(Context ctx, ResumableStatus status) {
        state(ctx, status);
        if (status.isComplete()) {
            json.write(ctx, 200, Upload.of(status));
        } else {
            ctx.status(204);
        }
    }

    /** Writes the upload's offset, size and limits. */
    void state(Context ctx, ResumableStatus status) {
        DraftHeaders.state(ctx, status);
        if (status.isComplete()) {
            KeyHeader.set(ctx, status.session().key());
        }
        Duration left = Duration.between(
                clock.instant(), status.session().lastActivity().plus(uploadTtl));
        ctx.header(DraftHeaders.LIMIT, DraftHeaders.limit(maxSize, left.isNegative() ? Duration.ZERO : left));
    }

    /** The JSON of an upload, with its file once it is complete. */
    @OpenApiName("ResumableUpload")
    record Upload(
            @OpenApiExample(ApiDoc.KEY_EXAMPLE) String key,

            @OpenApiExample("8388608") @OpenApiDescription("The number of bytes that are durably stored")
            long offset,

            @OpenApiExample("true") @OpenApiDescription("Whether the file is complete")
            boolean complete,

            @OpenApiNullable
            @OpenApiExample("6f5902ac237024bdd0c176cb93063dc4-1")
            @OpenApiDescription("The file's ETag, once it is complete")
            @Nullable
            String etag) {

        static Upload of(ResumableStatus status) {
            return new Upload(
                    status.session().key().value(),
                    status.offset(),
                    status.isComplete(),
                    status.session()
                            .completion()
                            .flatMap(Completion::etag)
                            .map(etag -> etag.value())
                            .orElse(null));
        }
    }
}
