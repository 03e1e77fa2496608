package com.example.stowage;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ChosenParts;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Multipart uploads in a map. */
final class ExampleUploads implements MultipartStore {

    private final ExampleObjects objects;
    private final InstantSource clock;
    private final Map<Position, Upload> uploads = new TreeMap<>();
    private long created;

    ExampleUploads(ExampleObjects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /** The sizes that your store accepts. Clients can ask for them before they cut a file into parts. */
    @Override
    public PartLimits limits() {
        return PartLimits.S3;
    }

    @Override
    public synchronized UploadId create(ObjectKey key, ObjectAttributes attributes) {
        objects.checkOpen();
        UploadId id = new UploadId(UUID.randomUUID().toString());
        uploads.put(
                new Position(key, created++),
                new Upload(new UploadInfo(key, id, clock.instant()), attributes, new TreeMap<>()));
        return id;
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        find(key, upload);
        limits().checkSize(content.length().orElse(0));
        byte[] bytes = ExampleObjects.readAll(content, expected);
        limits().checkSize(bytes.length);
        ExampleObject part = ExampleObject.of(bytes, clock.instant(), ObjectAttributes.DEFAULT);
        synchronized (this) {
            find(key, upload).parts().put(number, part);
        }
        return info(number, part);
    }

    /** {@inheritDoc} This store can't: parts are sent by clients only. */
    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return Optional.empty();
    }

    @Override
    public synchronized ObjectInfo complete(
            ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        Upload open = find(key, upload);
        ExampleObject object = ExampleObject.of(join(open, parts), clock.instant(), open.attributes());
        ObjectInfo info = objects.store(key, object, condition);
        uploads.values().remove(open);
        return info;
    }

    private byte[] join(Upload upload, List<PartTag> tags) {
        ChosenParts chosen = ChosenParts.of(tags, parts(upload), limits().minSize());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (PartInfo part : chosen.parts()) {
            bytes.writeBytes(upload.parts().get(part.number()).bytes());
        }
        return bytes.toByteArray();
    }

    /** Returns the stored parts, by ascending number. */
    private static List<PartInfo> parts(Upload upload) {
        return upload.parts().entrySet().stream()
                .map(part -> info(part.getKey(), part.getValue()))
                .toList();
    }

    @Override
    public synchronized void abort(ObjectKey key, UploadId upload) {
        uploads.values().remove(find(key, upload));
    }

    @Override
    public synchronized Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        List<PartInfo> rest = parts(find(key, upload)).stream()
                .filter(part -> after.isEmpty() || part.number().compareTo(after.get()) > 0)
                .toList();
        return Page.first(rest, maxParts, PartInfo::number);
    }

    @Override
    public synchronized Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        objects.checkOpen();
        PageToken tokens = new PageToken("uploads", prefix.value());
        Optional<Position> after = token.map(tokens::decode).map(Position::parse);
        Map<Position, UploadInfo> rest = uploads.entrySet().stream()
                .filter(upload -> prefix.contains(upload.getKey().key()))
                .filter(upload -> after.isEmpty() || upload.getKey().compareTo(after.get()) > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, upload -> upload.getValue().info(), (first, second) -> first, TreeMap::new));
        List<Position> page = rest.keySet().stream().limit(maxUploads).toList();
        return new Page<>(
                page.stream().map(rest::get).toList(),
                page.size() == rest.size()
                        ? Optional.empty()
                        : Optional.of(tokens.encode(page.get(page.size() - 1).toString())));
    }

    private synchronized Upload find(ObjectKey key, UploadId upload) {
        objects.checkOpen();
        return uploads.values().stream()
                .filter(open ->
                        open.info().id().equals(upload) && open.info().key().equals(key))
                .findFirst()
                .orElseThrow(() -> NotFound.upload(key.value(), upload.value()));
    }

    private static PartInfo info(PartNumber number, ExampleObject part) {
        return new PartInfo(number, part.bytes().length, part.etag(), part.lastModified());
    }

    private record Upload(UploadInfo info, ObjectAttributes attributes, TreeMap<PartNumber, ExampleObject> parts) {}

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
