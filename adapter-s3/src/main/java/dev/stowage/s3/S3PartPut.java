package dev.stowage.s3;

import dev.stowage.core.adapter.PartSource;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.spool.Spool;
import dev.stowage.core.spool.SpoolSpace;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Stores one part of a client's upload. S3 requires the length of a part, so a body of unknown length is read to its end first:
 * a small one into memory, a larger one into an unnamed temporary file.
 */
final class S3PartPut {

    private final Connection connection;
    private static final int CHUNK = 64 << 10;

    private final SpoolSpace spools;
    private final InstantSource clock;

    /** @param spools where parts of unknown length are buffered */
    S3PartPut(Connection connection, SpoolSpace spools, InstantSource clock) {
        this.connection = connection;
        this.spools = spools;
        this.clock = clock;
    }

    PartInfo put(ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        OptionalLong length = content.length();
        PartLimits.S3.checkSize(length.orElse(0));
        if (length.orElse(0) > 0) {
            try (WholeContent body = new WholeContent(content, expected)) {
                return send(key, upload, number, RequestPayload.of(body, length.getAsLong(), content.replayable()));
            }
        }
        try (ContentStream stream = ContentStream.open(content, expected)) {
            PartSource source = new PartSource(stream);
            if (!source.hasMore()) {
                return send(key, upload, number, RequestPayload.empty());
            }
            if (source.isNearEnd()) {
                return send(key, upload, number, RequestPayload.of(source.remaining()));
            }
            try (Spool spool = spools.create()) {
                fill(spool, source);
                PartLimits.S3.checkSize(spool.size());
                return send(key, upload, number, RequestPayload.of(spool));
            }
        }
    }

    /** Reads {@code source}, up to slightly more than the largest part. */
    private static void fill(Spool spool, PartSource source) {
        byte[] chunk = new byte[CHUNK];
        while (spool.size() <= PartLimits.S3.maxSize() && source.hasMore()) {
            int count = source.take(chunk);
            spool.append(ByteBuffer.wrap(chunk, 0, count));
        }
    }

    private PartInfo send(ObjectKey key, UploadId upload, PartNumber number, RequestPayload body) {
        S3Client client = body.replayable() ? connection.bulk() : connection.once();
        try {
            UploadPartResponse answer = client.uploadPart(
                    request -> request.bucket(connection.bucket())
                            .key(key.value())
                            .uploadId(upload.value())
                            .partNumber(number.value())
                            .contentLength(body.length()),
                    body.request());
            return new PartInfo(number, body.length(), Responses.etag(answer.eTag()), Responses.time(answer, clock));
        } catch (RuntimeException e) {
            throw S3Errors.translate(e, Target.of(key, upload));
        }
    }
}
