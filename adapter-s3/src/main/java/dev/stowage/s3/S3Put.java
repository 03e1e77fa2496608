package dev.stowage.s3;

import dev.stowage.core.adapter.BufferPool;
import dev.stowage.core.adapter.PartBuffer;
import dev.stowage.core.adapter.PartSource;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.PutOptions;
import java.util.Optional;
import java.util.OptionalLong;

/** Stores objects: by one request, or as a multipart upload. */
final class S3Put {

    private final SinglePut single;
    private final MultipartPut multipart;
    private final BufferPool buffers;
    private final S3Config.UploadSizes sizes;

    S3Put(SinglePut single, MultipartPut multipart, BufferPool buffers, S3Config.UploadSizes sizes) {
        this.single = single;
        this.multipart = multipart;
        this.buffers = buffers;
        this.sizes = sizes;
    }

    ObjectInfo put(ObjectKey key, Content content, PutOptions options) {
        OptionalLong length = content.length();
        if (length.isPresent() && length.getAsLong() > 0 && length.getAsLong() <= sizes.threshold()) {
            return whole(key, content, length.getAsLong(), options);
        }
        try (ContentStream stream = ContentStream.open(content, options.expected())) {
            PartSource source = new PartSource(stream);
            if (!source.hasMore()) {
                return single.put(key, RequestPayload.empty(), options);
            }
            return length.isPresent()
                    ? multipart.put(key, source, Split.of(length.getAsLong(), sizes.chunk()), Optional.empty(), options)
                    : putUnknownLength(key, source, options);
        }
    }

    private ObjectInfo whole(ObjectKey key, Content content, long length, PutOptions options) {
        try (WholeContent body = new WholeContent(content, options.expected())) {
            return single.put(key, RequestPayload.of(body, length, content.replayable()), options);
        }
    }

    /** Stores a body of unknown length, which is verified at its end. */
    private ObjectInfo putUnknownLength(ObjectKey key, PartSource source, PutOptions options) {
        if (source.isNearEnd()) {
            return single.put(key, RequestPayload.of(source.remaining()), options);
        }
        Split split = new Split(Math.min(sizes.chunk(), buffers.capacity()), OptionalLong.empty());
        PartBuffer first = buffers.take(split.partSize());
        boolean more;
        try {
            first.fill(source.next(split.partSize()));
            more = source.hasMore();
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
        if (more) {
            return multipart.put(key, source, split, Optional.of(first), options);
        }
        try (first) {
            return single.put(key, RequestPayload.of(first), options);
        }
    }
}
