package dev.stowage.http.download;

import dev.stowage.core.archive.Archive;
import dev.stowage.core.archive.Archives.Named;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.http.conditional.RangeRequest;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.limit.TransferLimiter;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Responds to a {@code GET} or {@code HEAD} of an archive, with conditions on its ETag and a range (RFC 9110, sections 13 and 14). Listing
 * the files and reading them is one transfer.
 */
public final class ArchiveDownload {

    /** An archive has no date, so a date in {@code If-Range} never holds. */
    private static final Instant NO_DATE = Instant.MAX;

    private final TransferLimiter transfers;
    private final DownloadTransfer transfer;

    public ArchiveDownload(TransferLimiter transfers) {
        this.transfers = transfers;
        this.transfer = new DownloadTransfer(transfers.turns());
    }

    /**
     * Writes the response.
     *
     * @param open opens the archive, which is closed at the end
     * @throws IOException when the client has disconnected
     */
    public void answer(Context ctx, Supplier<Named> open) throws IOException {
        answer(ctx, open, DownloadStart.FREE);
    }

    /**
     * Like {@link #answer(Context, Supplier)}, unless {@code start} forbids it.
     *
     * @param start called before the first byte
     */
    public void answer(Context ctx, Supplier<Named> open, DownloadStart start) throws IOException {
        ReadConditions conditions = ReadConditions.parse(RequestHeaders.of(ctx));
        if (ctx.method().equals(HandlerType.HEAD)) {
            try (Named named = open.get()) {
                if (proceeds(conditions, named, ctx.res())) {
                    whole(named, ctx.res());
                }
            }
            return;
        }
        TransferLimiter.mark(ctx);
        RangeRequest ranges = RangeRequest.parse(RequestHeaders.of(ctx));
        transfers.run(() -> {
            try (Named named = open.get()) {
                if (proceeds(conditions, named, ctx.res())) {
                    write(named, ranges, start, ctx.res());
                }
            }
        });
    }

    private void write(Named named, RangeRequest ranges, DownloadStart start, HttpServletResponse response)
            throws IOException {
        Archive archive = named.archive();
        List<ByteSpan> spans = ranges.spans(archive.etag(), NO_DATE, archive.size());
        ByteSpan span;
        // Several ranges may be answered with the whole representation (section 14.2).
        if (spans.size() == 1) {
            span = spans.get(0);
            part(named, span, response);
        } else {
            span = ByteSpan.whole(archive.size());
            whole(named, response);
        }
        start.begin(span.offset());
        OutputStream client = response.getOutputStream();
        try {
            archive.write(span, (bytes, length) -> transfer.copy(bytes, ByteSpan.whole(length), client));
        } catch (StorageException e) {
            if (response.isCommitted()) {
                throw new StorageUnavailable("An archive could not be continued", e);
            }
            throw e;
        }
    }

    private static boolean proceeds(ReadConditions conditions, Named named, HttpServletResponse response) {
        return switch (conditions.evaluate(named.archive().etag(), NO_DATE)) {
            case PROCEED -> true;
            case NOT_MODIFIED -> {
                describe(named, response);
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                yield false;
            }
            case FAILED ->
                throw new PreconditionFailed(
                        "The archive does not meet the request's conditions: files were added, replaced or deleted",
                        named.name());
        };
    }

    private static void whole(Named named, HttpServletResponse response) {
        represent(named, response);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentLengthLong(named.archive().size());
    }

    private static void part(Named named, ByteSpan span, HttpServletResponse response) {
        represent(named, response);
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setHeader(
                "Content-Range", ResponseHead.contentRange(span, named.archive().size()));
        response.setContentLengthLong(span.length());
    }

    private static void represent(Named named, HttpServletResponse response) {
        describe(named, response);
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment" + ContentDisposition.parameters(named.name()));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox");
        if (named.archive().unaddressable() > 0) {
            response.setHeader("X-Unaddressable", Long.toString(named.archive().unaddressable()));
        }
    }

    private static void describe(Named named, HttpServletResponse response) {
        response.setHeader("ETag", named.archive().etag().quoted());
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "private");
    }
}
