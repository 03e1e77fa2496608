package dev.stowage.testkit;

import dev.stowage.core.adapter.LentBody;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.ForwardingMultipartStore;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A store that keeps replayable bodies instead of their bytes, and opens them again for reads. So objects of gigabytes take neither memory
 * nor time. The store in memory has one byte for each of them. For one thread.
 */
final class SparseStorage {

    private final Map<ObjectKey, List<Content>> bodies = new HashMap<>();
    private final Map<UploadId, SortedMap<PartNumber, Content>> parts = new HashMap<>();

    ObjectStore objects(ObjectStore memory) {
        return new Files(memory);
    }

    MultipartStore uploads(MultipartStore memory) {
        return new Uploads(memory);
    }

    private List<Content> bodies(ObjectKey key) {
        return Objects.requireNonNull(bodies.get(key), "the bodies of an object");
    }

    private SortedMap<PartNumber, Content> parts(UploadId upload) {
        return Objects.requireNonNull(parts.get(upload), "the parts of an upload");
    }

    private static Content oneByte() {
        return Content.of(new byte[1]);
    }

    private static long size(List<Content> bodies) {
        return bodies.stream().mapToLong(body -> body.length().orElseThrow()).sum();
    }

    private ObjectInfo sized(ObjectInfo info) {
        return new ObjectInfo(
                info.key(), size(bodies(info.key())), info.etag(), info.lastModified(), info.attributes());
    }

    private final class Files extends ForwardingObjectStore {

        Files(ObjectStore memory) {
            super(memory);
        }

        @Override
        public PutResult put(ObjectKey key, Content content, PutOptions options) {
            PutResult stored = super.put(key, oneByte(), options);
            bodies.put(key, List.of(content));
            return new PutResult(sized(stored.info()), stored.created());
        }

        @Override
        public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
            ObjectInfo info = stat(key).orElseThrow();
            ByteSpan span = options.range().orElseThrow().resolve(info.size());
            try (InputStream body = open(bodies(key), span)) {
                return reader.read(info, span, body);
            }
        }

        @Override
        public Optional<ObjectInfo> stat(ObjectKey key) {
            return super.stat(key).map(SparseStorage.this::sized);
        }

        @Override
        public ObjectPage list(ListQuery query) {
            ObjectPage page = super.list(query);
            List<ObjectSummary> sized = page.objects().stream()
                    .map(object -> new ObjectSummary(
                            object.key(), size(bodies(object.key())), object.etag(), object.lastModified()))
                    .toList();
            return new ObjectPage(sized, page.commonPrefixes(), page.nextToken());
        }
    }

    private final class Uploads extends ForwardingMultipartStore {

        Uploads(MultipartStore memory) {
            super(memory);
        }

        @Override
        public UploadId create(ObjectKey key, ObjectAttributes attributes) {
            UploadId upload = super.create(key, attributes);
            parts.put(upload, new TreeMap<>());
            return upload;
        }

        @Override
        public PartInfo putPart(
                ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
            PartInfo part = super.putPart(key, upload, number, oneByte(), expected);
            parts(upload).put(number, content);
            return withSize(upload, part);
        }

        @Override
        public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
            return Optional.empty();
        }

        @Override
        public Page<PartInfo, PartNumber> listParts(
                ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
            Page<PartInfo, PartNumber> page = super.listParts(key, upload, maxParts, after);
            return new Page<>(
                    page.items().stream().map(part -> withSize(upload, part)).toList(), page.next());
        }

        @Override
        public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> chosen, WriteCondition condition) {
            ObjectInfo info = super.complete(key, upload, chosen, condition);
            bodies.put(key, List.copyOf(parts(upload).values()));
            return sized(info);
        }

        private PartInfo withSize(UploadId upload, PartInfo part) {
            long size = size(List.of(Objects.requireNonNull(parts(upload).get(part.number()))));
            return new PartInfo(part.number(), size, part.etag(), part.lastModified());
        }
    }

    /** Opens the bodies, one after the other, from the offset of the span on. */
    private static InputStream open(List<Content> bodies, ByteSpan span) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        long offset = span.offset();
        for (Content body : bodies) {
            long size = body.length().orElseThrow();
            if (offset < size) {
                InputStream stream = body.open();
                stream.skipNBytes(offset);
                streams.add(stream);
            }
            offset = Math.max(0, offset - size);
        }
        return new LentBody(
                new SequenceInputStream(Collections.enumeration(streams)),
                span.length(),
                () -> {},
                failure -> new StorageUnavailable("A body failed", failure));
    }
}
