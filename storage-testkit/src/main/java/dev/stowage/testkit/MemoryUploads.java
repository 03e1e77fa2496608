package dev.stowage.testkit;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Uploads in a map. Bodies are read without the lock, changes are made with it. */
final class MemoryUploads implements MultipartStore {

    private final MemoryObjects objects;
    private final PartLimits limits;
    private final InstantSource clock;
    private final Tagging tagging;
    private final Map<UploadId, Upload> uploads = new HashMap<>();
    private long begun;

    MemoryUploads(MemoryObjects objects, PartLimits limits, InstantSource clock, Tagging tagging) {
        this.objects = objects;
        this.limits = limits;
        this.clock = clock;
        this.tagging = tagging;
    }

    @Override
    public PartLimits limits() {
        return limits;
    }

    @Override
    public synchronized UploadId create(ObjectKey key, ObjectAttributes attributes) {
        objects.requireOpen();
        UploadId id = new UploadId(UUID.randomUUID().toString());
        UploadInfo info = new UploadInfo(key, id, clock.instant());
        uploads.put(id, new Upload(info, begun++, attributes, new TreeMap<>()));
        return id;
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        find(key, upload);
        limits.checkSize(content.length().orElse(0));
        byte[] bytes = MemoryObjects.readAll(content, expected);
        limits.checkSize(bytes.length);
        StoredObject part = new StoredObject(bytes, tagging.of(bytes), clock.instant(), ObjectAttributes.DEFAULT);
        synchronized (this) {
            find(key, upload).parts().put(number, part);
        }
        return info(number, part);
    }

    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        find(key, upload);
        ByteSpan span = source.bytes();
        limits.checkSize(span.length());
        byte[] whole;
        try {
            whole = objects.read(
                    source.object().key(),
                    ReadOptions.ALL.ifMatch(source.object().etag()),
                    (info, all, body) -> body.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = Arrays.copyOfRange(whole, (int) span.offset(), (int) (span.offset() + span.length()));
        return Optional.of(putPart(key, upload, number, Content.of(bytes), List.of()));
    }

    @Override
    public synchronized ObjectInfo complete(
            ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        objects.require(Capability.CONDITIONAL_COMPLETE, condition);
        Upload open = find(key, upload);
        byte[] bytes = join(open, parts);
        Etag etag = tagging.ofParts(parts);
        StoredObject object = new StoredObject(bytes, etag, clock.instant(), open.attributes());
        ObjectInfo info = objects.store(key, object, condition);
        uploads.remove(upload);
        return info;
    }

    @Override
    public synchronized void abort(ObjectKey key, UploadId upload) {
        find(key, upload);
        uploads.remove(upload);
    }

    @Override
    public synchronized Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        TreeMap<PartNumber, StoredObject> parts = find(key, upload).parts();
        List<PartInfo> page = parts.entrySet().stream()
                .filter(part -> after.isEmpty() || part.getKey().compareTo(after.get()) > 0)
                .limit(maxParts)
                .map(part -> info(part.getKey(), part.getValue()))
                .toList();
        boolean more = !page.isEmpty()
                && parts.lastKey().compareTo(page.get(page.size() - 1).number()) > 0;
        return new Page<>(page, more ? Optional.of(page.get(page.size() - 1).number()) : Optional.empty());
    }

    @Override
    public synchronized Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        objects.requireOpen();
        PageToken tokens = new PageToken("uploads", prefix.value());
        Optional<Position> after = token.map(tokens::decode).map(Position::parse);
        List<Upload> rest = uploads.values().stream()
                .filter(upload -> prefix.contains(upload.key()))
                .filter(upload -> after.isEmpty() || upload.position().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Upload::position))
                .toList();
        List<Upload> page = rest.subList(0, Math.min(rest.size(), maxUploads));
        Optional<String> next = page.size() == rest.size()
                ? Optional.empty()
                : Optional.of(tokens.encode(page.get(page.size() - 1).position().toString()));
        return new Page<>(page.stream().map(Upload::info).toList(), next);
    }

    private synchronized Upload find(ObjectKey key, UploadId upload) {
        objects.requireOpen();
        Upload open = uploads.get(upload);
        if (open == null || !open.key().equals(key)) {
            throw NotFound.upload(key.value(), upload.value());
        }
        return open;
    }

    private byte[] join(Upload upload, List<PartTag> chosen) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < chosen.size(); i++) {
            PartNumber number = chosen.get(i).number();
            if (i > 0 && number.compareTo(chosen.get(i - 1).number()) <= 0) {
                throw new InvalidInput(ErrorCode.INVALID_PART_ORDER, "Part " + number + " is out of order");
            }
            StoredObject part = upload.parts().get(number);
            if (part == null || !part.etag().equals(chosen.get(i).etag())) {
                throw new InvalidInput(ErrorCode.INVALID_PART, "Part " + number + " is missing or has another ETag");
            }
            if (i < chosen.size() - 1 && part.size() < limits.minSize()) {
                throw new InvalidInput(ErrorCode.PART_TOO_SMALL, "Part " + number + " is too small");
            }
            part.appendTo(bytes);
        }
        return bytes.toByteArray();
    }

    private static PartInfo info(PartNumber number, StoredObject part) {
        return new PartInfo(number, part.size(), part.etag(), part.lastModified());
    }

    private record Upload(
            UploadInfo info, long sequence, ObjectAttributes attributes, TreeMap<PartNumber, StoredObject> parts) {
        ObjectKey key() {
            return info.key();
        }

        Position position() {
            return new Position(info.key(), sequence);
        }
    }

    /** The position of an upload in a listing: by key, then by creation. */
    private record Position(ObjectKey key, long sequence) implements Comparable<Position> {

        static Position parse(String text) {
            int end = text.indexOf('\n');
            return new Position(new ObjectKey(text.substring(0, end)), Long.parseLong(text.substring(end + 1)));
        }

        @Override
        public int compareTo(Position other) {
            int byKey = key.compareTo(other.key);
            return byKey != 0 ? byKey : Long.compare(sequence, other.sequence);
        }

        @Override
        public String toString() {
            return key + "\n" + sequence;
        }
    }
}
