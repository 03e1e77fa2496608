package dev.stowage.s3;

import dev.stowage.core.adapter.BufferPool;
import dev.stowage.core.adapter.PartBuffer;
import dev.stowage.core.adapter.PartSource;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.UploadJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Stores an object as a multipart upload, with several parts at a time.
 *
 * <p>Parts are buffered, so that they can be sent in parallel and repeated. When all buffers are in use, a body of known length does not
 * wait: its next part is streamed from the source to the store on the caller's thread. So slow clients never delay others.
 */
final class MultipartPut {

    private static final int IN_FLIGHT = 4;
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final BufferPool buffers;
    private final RequestThreads workers;
    private final UploadCompletion completion;
    private final UploadJournal journal;

    MultipartPut(
            Connection connection,
            BufferPool buffers,
            RequestThreads workers,
            UploadCompletion completion,
            UploadJournal journal) {
        this.journal = journal;
        this.connection = connection;
        this.buffers = buffers;
        this.workers = workers;
        this.completion = completion;
    }

    /** @param first the bytes that were taken from {@code source} already, a whole part of them; closed here */
    ObjectInfo put(ObjectKey key, PartSource source, Split split, Optional<PartBuffer> first, PutOptions options) {
        WriteId id = WriteId.random();
        OpenUpload upload;
        try {
            // Checked first, so that no large body is sent in vain.
            completion.checkCondition(key, WriteConditionHeaders.of(options.condition()));
            upload = begin(key, split.length(), id, options);
        } catch (RuntimeException e) {
            first.ifPresent(PartBuffer::close);
            throw e;
        }
        TaskGroup<CompletedPart> buffered = workers.group(IN_FLIGHT);
        boolean completed = false;
        try {
            List<CompletedPart> parts = send(upload, source, split, first, buffered);
            UploadCompletion.Completed object = completion.complete(
                    key, upload.id(), parts, options.condition(), head -> id.marks(head.metadata()));
            completed = true;
            upload.completed();
            return new ObjectInfo(key, source.position(), object.etag(), object.time(), options.attributes());
        } finally {
            if (!completed) {
                buffered.cancel(CANCEL_GRACE);
                upload.abort();
            }
        }
    }

    private OpenUpload begin(ObjectKey key, OptionalLong size, WriteId id, PutOptions options) {
        StoredAttributes attributes = StoredAttributes.of(options.attributes());
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder();
        (WriteConditionHeaders.of(options.condition()).any() ? attributes.marked(id) : attributes).describe(request);
        return OpenUpload.begin(connection, key, request, journal.open(key, options.attributes(), size));
    }

    private List<CompletedPart> send(
            OpenUpload upload,
            PartSource source,
            Split split,
            Optional<PartBuffer> first,
            TaskGroup<CompletedPart> buffered) {
        List<CompletedPart> parts = new ArrayList<>();
        int number = 1;
        if (first.isPresent()) {
            submit(buffered, upload, number++, first.get());
        }
        for (; source.hasMore(); number++) {
            split.check(number);
            long size = split.sizeAt(source.position());
            Optional<PartBuffer> room = buffers.tryTake(size);
            if (room.isEmpty() && split.length().isEmpty()) {
                // This upload's own parts may take up the room.
                buffered.join();
                room = Optional.of(buffers.take(size));
            }
            if (room.isPresent()) {
                submit(buffered, upload, number, fill(room.get(), source, size));
            } else {
                parts.add(upload.send(number, RequestPayload.once(source.next(size), size)));
            }
        }
        parts.addAll(buffered.join());
        parts.sort(Comparator.comparing(CompletedPart::partNumber));
        return parts;
    }

    private static PartBuffer fill(PartBuffer buffer, PartSource source, long size) {
        try {
            buffer.fill(source.next(size));
            return buffer;
        } catch (RuntimeException e) {
            buffer.close();
            throw e;
        }
    }

    private static void submit(TaskGroup<CompletedPart> group, OpenUpload upload, int number, PartBuffer buffer) {
        group.submit(() -> upload.send(number, RequestPayload.of(buffer)), buffer::close);
    }
}
