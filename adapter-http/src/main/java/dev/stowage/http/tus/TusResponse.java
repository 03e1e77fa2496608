package dev.stowage.http.tus;

import dev.stowage.core.upload.ResumableStatus;
import dev.stowage.http.conditional.HttpDate;
import dev.stowage.http.exchange.KeyHeader;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.route.Routes;
import io.javalin.http.Context;
import java.time.Duration;

/** Writes the state of an upload to responses. */
final class TusResponse {

    private final Duration uploadTtl;

    TusResponse(Duration uploadTtl) {
        this.uploadTtl = uploadTtl;
    }

    /** 201 with the upload's URL, relative because a proxy may expose the service by another name, and its offset. */
    void created(Context ctx, ResumableStatus status) {
        ctx.header(
                "Location",
                PublicAddress.path(ctx, Routes.TUS + "/" + status.resumption().id()));
        progress(ctx, status);
        ctx.status(201);
    }

    /** Writes the offset, the expiry, and the key of the file once it is complete. */
    void progress(Context ctx, ResumableStatus status) {
        ctx.header(TusHeaders.OFFSET, Long.toString(status.offset()));
        fate(ctx, status);
    }

    /** Writes the expiry, or the key of the file once it is complete. */
    void fate(Context ctx, ResumableStatus status) {
        if (!status.isComplete()) {
            ctx.header(
                    TusHeaders.EXPIRES,
                    HttpDate.format(status.session().lastActivity().plus(uploadTtl)));
        } else if (!status.resumption().partial()) {
            KeyHeader.set(ctx, status.session().key());
        }
    }

    /** Writes the header fields that were sent when the upload was created. */
    void description(Context ctx, ResumableStatus status) {
        status.size()
                .ifPresentOrElse(
                        size -> ctx.header(TusHeaders.LENGTH, Long.toString(size)),
                        () -> ctx.header(TusHeaders.DEFER_LENGTH, "1"));
        EchoedHeaders echoed = EchoedHeaders.parse(status.resumption().memo());
        if (!echoed.metadata().isEmpty()) {
            ctx.header(TusHeaders.METADATA, echoed.metadata());
        }
        if (!echoed.concat().isEmpty()) {
            ctx.header(TusHeaders.CONCAT, echoed.concat());
        }
    }
}
