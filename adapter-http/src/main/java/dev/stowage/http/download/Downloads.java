package dev.stowage.http.download;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.http.conditional.RangeRequest;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.exchange.PublicAddress;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.limit.TransferLimiter;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Responds to a {@code GET} or {@code HEAD} of a file, with conditions and ranges (RFC 9110, sections 13 and 14).
 *
 * <p>Without conditions it asks the store once. Otherwise it fetches the file's metadata, evaluates the conditions, and reads exactly that
 * version; if the file is replaced in between, it starts again. Only reading content counts as a transfer.
 */
public final class Downloads {

    /** The number of attempts for a file that is replaced again and again. */
    private static final int ATTEMPTS = 4;

    /** The caller, and where the response is written. */
    private record Exchange(Principal caller, HttpServletResponse response, ResponseHead head, DownloadStart start) {}

    private final Files files;
    private final TransferLimiter transfers;
    private final DownloadTransfer transfer;

    public Downloads(Files files, TransferLimiter transfers) {
        this.files = files;
        this.transfers = transfers;
        this.transfer = new DownloadTransfer(transfers.turns());
    }

    /**
     * Writes the response.
     *
     * @param caller must have the right to read the file
     * @param disposition the {@code Content-Disposition} of a file
     * @throws IOException when the client has disconnected
     */
    public void answer(Context ctx, Principal caller, ObjectKey key, Function<ObjectInfo, String> disposition)
            throws IOException {
        answer(ctx, caller, key, disposition, DownloadStart.FREE);
    }

    /**
     * Like {@link #answer(Context, Principal, ObjectKey, Function)}, unless {@code start} forbids it.
     *
     * @param start called before the first byte
     */
    public void answer(
            Context ctx, Principal caller, ObjectKey key, Function<ObjectInfo, String> disposition, DownloadStart start)
            throws IOException {
        ReadConditions conditions = ReadConditions.parse(RequestHeaders.of(ctx));
        ResponseHead head = new ResponseHead(ctx, disposition);
        if (ctx.method().equals(HandlerType.HEAD)) {
            // Ranges apply to GET only (section 14.2).
            ObjectInfo info = stat(caller, key);
            if (proceeds(conditions, info, head)) {
                head.whole(info);
            }
            return;
        }
        TransferLimiter.mark(ctx);
        RangeRequest ranges = RangeRequest.parse(RequestHeaders.of(ctx));
        Exchange exchange = new Exchange(caller, ctx.res(), head, start);
        if (conditions.isEmpty() && !ranges.needsLook()) {
            ReadOptions options = ranges.single().map(ReadOptions::of).orElse(ReadOptions.ALL);
            transfers.run(() -> read(exchange, key, options));
            return;
        }
        statThenRead(exchange, key, conditions, ranges);
    }

    /**
     * Redirects to a signed URL of the store, once the caller's rights, the conditions and the existence of the file are checked. Ranges are
     * left to the store. The bytes are those of the file at the time when the client follows the redirect.
     *
     * @param disposition the {@code Content-Disposition} of a file
     * @param expiry the lifetime of the URL
     * @throws NotSupported when the store signs no URLs, or none that a redirect can convey
     */
    public void redirect(
            Context ctx, Principal caller, ObjectKey key, Function<ObjectInfo, String> disposition, Duration expiry) {
        ReadConditions conditions = ReadConditions.parse(RequestHeaders.of(ctx));
        ObjectInfo info = stat(caller, key);
        if (!proceeds(conditions, info, new ResponseHead(ctx, disposition))) {
            return;
        }
        SignedUrl url = files.sign(caller, new UrlGrant.Download(key, Optional.of(disposition.apply(info))), expiry);
        if (!url.headers().isEmpty()) {
            throw new NotSupported("The store's signed URLs need header fields, so a redirect is not possible;"
                    + " request the download with redirect=false");
        }
        ctx.header("Location", PublicAddress.complete(ctx, url.url()));
        // The URL is a secret, and expires.
        ctx.header("Cache-Control", "no-store");
        ctx.status(HttpStatus.TEMPORARY_REDIRECT);
    }

    private void statThenRead(Exchange exchange, ObjectKey key, ReadConditions conditions, RangeRequest ranges)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            ObjectInfo info = stat(exchange.caller(), key);
            if (!proceeds(conditions, info, exchange.head())) {
                return;
            }
            List<ByteSpan> spans = ranges.spans(info.etag(), info.lastModified(), info.size());
            try {
                transfers.run(() -> readVersion(exchange, info, spans));
                return;
            } catch (PreconditionFailed replaced) {
                if (exchange.response().isCommitted()) {
                    throw new StorageUnavailable("The file was replaced while it was read", replaced);
                }
                if (attempt == ATTEMPTS) {
                    throw new Conflict("The file at " + key + " is being replaced by other requests; try again");
                }
            }
        }
    }

    private void readVersion(Exchange exchange, ObjectInfo info, List<ByteSpan> spans) throws IOException {
        if (spans.size() > 1) {
            readParts(exchange, info, spans);
            return;
        }
        ReadOptions options = spans.isEmpty() ? ReadOptions.ALL : ReadOptions.of(slice(spans.get(0)));
        read(exchange, info.key(), options.ifMatch(info.etag()));
    }

    private void read(Exchange exchange, ObjectKey key, ReadOptions options) throws IOException {
        files.read(exchange.caller(), key, options, (info, span, body) -> {
            if (options.range().isPresent()) {
                exchange.head().part(info, span);
            } else {
                exchange.head().whole(info);
            }
            exchange.start().begin(span.offset());
            transfer.copy(body, span, exchange.response().getOutputStream());
            return span.length();
        });
    }

    private void readParts(Exchange exchange, ObjectInfo info, List<ByteSpan> spans) throws IOException {
        ByteRangesBody multipart =
                new ByteRangesBody(UUID.randomUUID().toString(), info.attributes(), info.size(), spans);
        exchange.head().parts(info, multipart);
        exchange.start().begin(0);
        OutputStream client = exchange.response().getOutputStream();
        for (ByteSpan wanted : spans) {
            ReadOptions options = ReadOptions.of(slice(wanted)).ifMatch(info.etag());
            files.read(exchange.caller(), info.key(), options, (ignored, span, body) -> {
                client.write(multipart.head(wanted));
                transfer.copy(body, span, client);
                return span.length();
            });
        }
        client.write(multipart.end());
    }

    /** Returns whether to send the file; if not, the response has been set to a 304. */
    private static boolean proceeds(ReadConditions conditions, ObjectInfo info, ResponseHead head) {
        boolean proceeds = conditions.proceed(info);
        if (!proceeds) {
            head.notModified(info);
        }
        return proceeds;
    }

    private ObjectInfo stat(Principal caller, ObjectKey key) {
        return files.stat(caller, key).orElseThrow(() -> NotFound.file(key.value()));
    }

    private static ByteRange slice(ByteSpan span) {
        return new ByteRange.Slice(span.offset(), span.last());
    }
}
