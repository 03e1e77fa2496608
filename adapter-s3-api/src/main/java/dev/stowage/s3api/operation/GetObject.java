package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.s3api.checksum.ObjectChecksum;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Sends an object, or its head.
 *
 * <p>Without conditions the store is asked once. Otherwise the conditions are evaluated on the object's head, and exactly that version is
 * sent. Checksums are looked up before, too, if that costs no more than a head; SDKs ask for them with each object, to verify it.
 */
final class GetObject implements Operation {

    private static final int CHUNK = 64 << 10;

    /** The bytes that one turn copies. */
    private static final int TURN = 8 * CHUNK;

    /** The number of attempts for an object that is replaced again and again. */
    private static final int ATTEMPTS = 4;

    private final Files files;
    private final Traffic traffic;

    GetObject(Files files, Traffic traffic) {
        this.files = files;
        this.traffic = traffic;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectVersions.check(call);
        ObjectConditions conditions = ObjectConditions.of(call.headers(), "");
        Optional<ChosenPart> part = ChosenPart.of(call, files);
        if (part.isPresent()) {
            readPart(call, part.get(), conditions);
            return;
        }
        Optional<ByteRange> range = call.headers().get("Range").flatMap(RangeText::parse);
        boolean withChecksum = range.isEmpty() && isChecksumWanted(call) && files.keepsChecksums();
        if (conditions.isEmpty()
                && !withChecksum
                && call.headers().get("If-Range").isEmpty()) {
            ReadOptions options = range.map(ReadOptions::of).orElse(ReadOptions.ALL);
            traffic.download(call.request(), () -> read(call, options, Optional.empty()));
            return;
        }
        for (int attempt = 1; ; attempt++) {
            Optional<ObjectRecord> recorded =
                    withChecksum ? files.inspect(call.caller(), call.key()) : Optional.empty();
            ObjectInfo info = recorded.map(ObjectRecord::info).orElseGet(() -> stat(call));
            Optional<ObjectChecksum> checksum = recorded.flatMap(ObjectChecksum::of);
            if (!conditions.proceed(info)) {
                notModified(call, info);
                return;
            }
            ReadOptions options =
                    new ReadOptions(range.filter(unused -> ifRangeHolds(call, info)), Optional.of(info.etag()));
            try {
                traffic.download(call.request(), () -> read(call, options, checksum));
                return;
            } catch (PreconditionFailed replaced) {
                if (attempt == ATTEMPTS || call.reply().isCommitted()) {
                    throw new S3ErrorException(
                            S3ErrorCode.OPERATION_ABORTED, "The object is being replaced by other requests; try again");
                }
            }
        }
    }

    /** Sends the head of an object. S3 applies ranges to it, too. */
    void head(S3Call call) throws IOException {
        ObjectVersions.check(call);
        Optional<ChosenPart> part = ChosenPart.of(call, files);
        Optional<ObjectRecord> recorded = part.map(ChosenPart::recorded).or(() -> recorded(call));
        ObjectInfo info = recorded.map(ObjectRecord::info).orElseGet(() -> stat(call));
        if (!ObjectConditions.of(call.headers(), "").proceed(info)) {
            notModified(call, info);
            return;
        }
        if (part.isPresent()) {
            part.get().write(call.reply(), isChecksumWanted(call));
        } else {
            recorded.flatMap(ObjectChecksum::of).ifPresent(sum -> sum.write(call.reply()::header));
        }
        Optional<ByteSpan> span = call.headers()
                .get("Range")
                .flatMap(RangeText::parse)
                .filter(unused -> ifRangeHolds(call, info))
                .map(range -> range.resolve(info.size()))
                .or(() -> part.flatMap(ChosenPart::range).map(range -> range.resolve(info.size())));
        begin(call, info, span.orElse(ByteSpan.whole(info.size())), span.isPresent());
        call.reply().empty(span.isPresent() ? 206 : 200);
    }

    /** Asks the store what it has recorded, if the client wants checksums; that may take longer than the head. */
    private Optional<ObjectRecord> recorded(S3Call call) {
        return isChecksumWanted(call) ? files.inspect(call.caller(), call.key()) : Optional.empty();
    }

    private static boolean isChecksumWanted(S3Call call) {
        return call.headers()
                .get("x-amz-checksum-mode")
                .filter(mode -> mode.strip().equalsIgnoreCase("ENABLED"))
                .isPresent();
    }

    private void readPart(S3Call call, ChosenPart part, ObjectConditions conditions) throws IOException {
        if (!conditions.proceed(part.info())) {
            notModified(call, part.info());
            return;
        }
        part.write(call.reply(), isChecksumWanted(call));
        ReadOptions options =
                new ReadOptions(part.range(), Optional.of(part.info().etag()));
        traffic.download(call.request(), () -> read(call, options, Optional.empty()));
    }

    private ObjectInfo stat(S3Call call) {
        return files.stat(call.caller(), call.key())
                .orElseThrow(() -> NotFound.file(call.key().value()));
    }

    private static boolean ifRangeHolds(S3Call call, ObjectInfo info) {
        return call.headers()
                .get("If-Range")
                .map(tag -> tag.strip().equals(info.etag().quoted()))
                .orElse(true);
    }

    private static void notModified(S3Call call, ObjectInfo info) throws IOException {
        ObjectHeaders.version(call.reply(), info);
        call.reply().empty(304);
    }

    private void read(S3Call call, ReadOptions options, Optional<ObjectChecksum> checksum) throws IOException {
        files.read(call.caller(), call.key(), options, (info, span, body) -> {
            checksum.ifPresent(sum -> sum.write(call.reply()::header));
            begin(call, info, span, options.range().isPresent());
            copy(body, span, call.reply());
            return span;
        });
    }

    private static void begin(S3Call call, ObjectInfo info, ByteSpan span, boolean isPart) {
        ObjectHeaders.write(call.reply(), info, call.query());
        if (isPart) {
            call.reply().header("Content-Range", "bytes " + span.offset() + "-" + span.last() + "/" + info.size());
        }
        call.reply().begin(isPart ? 206 : 200, span.length());
    }

    private void copy(InputStream body, ByteSpan span, Reply reply) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(span.length(), 1))];
        if (span.length() <= CHUNK) {
            copy(body, chunk, 0, span.length(), span.length(), reply);
            return;
        }
        for (long done = 0; done < span.length(); done += TURN) {
            long from = done;
            long to = Math.min(done + TURN, span.length());
            traffic.turn(() -> copy(body, chunk, from, to, span.length(), reply));
        }
    }

    /** Copies the bytes from one position to another; with the last one, the response ends. */
    private static void copy(InputStream body, byte[] chunk, long from, long to, long end, Reply reply)
            throws IOException {
        if (end == 0) {
            reply.write(chunk, 0, true);
        }
        for (long at = from; at < to; ) {
            int count = body.readNBytes(chunk, 0, (int) Math.min(chunk.length, to - at));
            if (count == 0) {
                throw new StorageUnavailable("The store ended the object's content early", null);
            }
            at += count;
            reply.write(chunk, count, at == end);
        }
    }
}
