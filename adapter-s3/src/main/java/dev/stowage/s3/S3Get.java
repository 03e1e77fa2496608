package dev.stowage.s3;

import dev.stowage.core.adapter.LentBody;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads objects by one request each, and lends the response to the reader. */
final class S3Get {

    /** More than any object has, and small enough for stores to calculate with: 1 PiB. */
    private static final long MAX_OBJECT_SIZE = 1L << 50;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private final Connection connection;
    private final S3Head heads;

    S3Get(Connection connection, S3Head heads) {
        this.connection = connection;
        this.heads = heads;
    }

    <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        if (options.range().orElse(null) instanceof ByteRange.Suffix suffix && suffix.length() == 0) {
            throw unsatisfiable(key, options);
        }
        ResponseInputStream<GetObjectResponse> answer = open(key, options);
        Span span;
        ObjectInfo info;
        try {
            span = span(answer.response(), options);
            info = Responses.info(key, answer.response(), span.size());
            checkVersion(info, options);
        } catch (RuntimeException e) {
            answer.abort();
            throw e;
        }
        try (LentBody body = new LentBody(
                answer, span.bytes().length(), answer::abort, failure -> S3Errors.translate(failure, Target.of(key)))) {
            return reader.read(info, span.bytes(), body);
        }
    }

    private ResponseInputStream<GetObjectResponse> open(ObjectKey key, ReadOptions options) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(connection.bucket())
                .key(key.value())
                .range(options.range().map(S3Get::header).orElse(null))
                .ifMatch(options.ifMatch()
                        .filter(S3Get::isEvaluated)
                        .map(Etag::quoted)
                        .orElse(null))
                .build();
        try {
            // Its time-outs end when the response begins.
            return connection.small().getObject(request);
        } catch (RuntimeException e) {
            if (S3Errors.isRangeNotSatisfiable(e)) {
                throw unsatisfiable(key, options);
            }
            if (S3Errors.isKeyTooLong(e)) {
                throw NotFound.file(key.value());
            }
            throw S3Errors.translate(e, Target.of(key));
        }
    }

    /** A store may have no ETag of an empty object, and then refuses every condition on it. */
    private static boolean isEvaluated(Etag etag) {
        return !etag.equals(Responses.EMPTY);
    }

    private static void checkVersion(ObjectInfo info, ReadOptions options) {
        if (options.ifMatch().filter(wanted -> !wanted.equals(info.etag())).isPresent()) {
            throw replaced(info.key());
        }
    }

    private static PreconditionFailed replaced(ObjectKey key) {
        return new PreconditionFailed("The file at " + key + " has another ETag", key.value());
    }

    /** A store's refusal does not contain the object's size. */
    private StorageException unsatisfiable(ObjectKey key, ReadOptions options) {
        ObjectInfo info = heads.stat(key).orElseThrow(() -> NotFound.file(key.value()));
        if (options.ifMatch().isPresent() && !options.ifMatch().get().equals(info.etag())) {
            return replaced(key);
        }
        return new RangeNotSatisfiable(info.size());
    }

    private static String header(ByteRange range) {
        if (range instanceof ByteRange.Slice slice) {
            return "bytes=" + slice.first() + "-" + (slice.last() > MAX_OBJECT_SIZE ? "" : slice.last());
        }
        if (range instanceof ByteRange.From from) {
            return "bytes=" + from.first() + "-";
        }
        return "bytes=-" + Math.min(((ByteRange.Suffix) range).length(), MAX_OBJECT_SIZE);
    }

    private static Span span(GetObjectResponse answer, ReadOptions options) {
        if (options.range().isEmpty()) {
            long size = Responses.orZero(answer.contentLength());
            return new Span(ByteSpan.whole(size), size);
        }
        if (Responses.orZero(answer.contentLength()) == 0) {
            // No satisfiable range is empty, so the object is. Stores respond with 200, or 206 with "bytes 0--1/0".
            throw new RangeNotSatisfiable(0);
        }
        return contentRange(answer.contentRange(), options.range().get());
    }

    private static Span contentRange(@Nullable String header, ByteRange asked) {
        Matcher matcher = CONTENT_RANGE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            throw new StorageRejected("The store ignored the requested range", null);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        long size = Long.parseLong(matcher.group(3));
        ByteSpan bytes = asked.resolve(size);
        if (bytes.offset() != first || bytes.last() != last) {
            throw new StorageRejected("The store returned another range than requested", null);
        }
        return new Span(bytes, size);
    }

    private record Span(ByteSpan bytes, long size) {}
}
