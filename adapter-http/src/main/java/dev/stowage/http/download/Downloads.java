package dev.stowage.http.download;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.file.GetFile;
import dev.stowage.core.file.StatFile;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.http.conditional.RangeRequest;
import dev.stowage.http.conditional.ReadConditions;
import dev.stowage.http.exchange.RequestHeaders;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Answers a {@code GET} or {@code HEAD} of a file, with conditions and ranges (RFC 9110, sections 13 and 14).
 *
 * <p>Without conditions it asks the store once. Otherwise it looks at what is there, decides, and reads exactly that version; when
 * the file is replaced in between, it decides anew.
 */
public final class Downloads {

    /** How often a file that keeps being replaced is looked at. */
    private static final int ATTEMPTS = 4;

    private final GetFile getFile;
    private final StatFile statFile;

    public Downloads(GetFile getFile, StatFile statFile) {
        this.getFile = getFile;
        this.statFile = statFile;
    }

    /**
     * Answers the request.
     *
     * @param disposition the {@code Content-Disposition} of a file
     * @throws IOException when the client is gone
     */
    public void answer(Context ctx, ObjectKey key, Function<ObjectKey, String> disposition) throws IOException {
        ReadConditions conditions = ReadConditions.parse(RequestHeaders.of(ctx));
        ResponseHead head = new ResponseHead(ctx, disposition);
        if (ctx.method().equals(HandlerType.HEAD)) {
            // Ranges are for GET alone (section 14.2).
            ObjectInfo info = stat(key);
            if (proceeds(conditions, info, head)) {
                head.whole(info);
            }
            return;
        }
        RangeRequest ranges = RangeRequest.parse(RequestHeaders.of(ctx));
        if (conditions.isEmpty() && !ranges.needsLook()) {
            ReadOptions options = ranges.single().map(ReadOptions::of).orElse(ReadOptions.ALL);
            read(ctx.res(), key, options, head);
            return;
        }
        lookThenRead(ctx.res(), key, conditions, ranges, head);
    }

    private void lookThenRead(
            HttpServletResponse response,
            ObjectKey key,
            ReadConditions conditions,
            RangeRequest ranges,
            ResponseHead head)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            ObjectInfo info = stat(key);
            if (!proceeds(conditions, info, head)) {
                return;
            }
            List<ByteSpan> spans = ranges.spans(info.etag(), info.lastModified(), info.size());
            try {
                readVersion(response, info, spans, head);
                return;
            } catch (PreconditionFailed replaced) {
                if (response.isCommitted()) {
                    throw new StorageUnavailable("The file was replaced while it was read", replaced);
                }
                if (attempt == ATTEMPTS) {
                    throw new Conflict("The file at " + key + " keeps being replaced; try again");
                }
            }
        }
    }

    private void readVersion(HttpServletResponse response, ObjectInfo info, List<ByteSpan> spans, ResponseHead head)
            throws IOException {
        if (spans.size() > 1) {
            readParts(response, info, spans, head);
            return;
        }
        ReadOptions options = spans.isEmpty() ? ReadOptions.ALL : ReadOptions.of(slice(spans.get(0)));
        read(response, info.key(), options.ifMatch(info.etag()), head);
    }

    private void read(HttpServletResponse response, ObjectKey key, ReadOptions options, ResponseHead head)
            throws IOException {
        getFile.get(key, options, (info, span, body) -> {
            if (options.range().isPresent()) {
                head.part(info, span);
            } else {
                head.whole(info);
            }
            Transfer.copy(body, span, response.getOutputStream());
            return span.length();
        });
    }

    private void readParts(HttpServletResponse response, ObjectInfo info, List<ByteSpan> spans, ResponseHead head)
            throws IOException {
        ByteRangesBody multipart = new ByteRangesBody(
                UUID.randomUUID().toString(), info.attributes().contentType(), info.size(), spans);
        head.parts(info, multipart);
        OutputStream client = response.getOutputStream();
        for (ByteSpan wanted : spans) {
            ReadOptions options = ReadOptions.of(slice(wanted)).ifMatch(info.etag());
            getFile.get(info.key(), options, (ignored, span, body) -> {
                client.write(multipart.head(wanted));
                Transfer.copy(body, span, client);
                return span.length();
            });
        }
        client.write(multipart.end());
    }

    /** Whether to answer with the file; if not, the answer says so already. */
    private static boolean proceeds(ReadConditions conditions, ObjectInfo info, ResponseHead head) {
        return switch (conditions.evaluate(info.etag(), info.lastModified())) {
            case PROCEED -> true;
            case NOT_MODIFIED -> {
                head.notModified(info);
                yield false;
            }
            case FAILED ->
                throw new PreconditionFailed(
                        "The file at " + info.key() + " is not the one the request asks for",
                        info.key().value());
        };
    }

    private ObjectInfo stat(ObjectKey key) {
        return statFile.stat(key).orElseThrow(() -> NotFound.file(key.value()));
    }

    private static ByteRange slice(ByteSpan span) {
        return new ByteRange.Slice(span.offset(), span.last());
    }
}
