package dev.stowage.azure;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobItem;
import dev.stowage.core.adapter.CallThreads;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Multipart uploads. The store has blocks for this, but a blob has only one set of uncommitted blocks, which every write to it discards,
 * and it discards them after a week. So each part is a blob, and {@link #complete} joins them.
 */
final class AzureUploads implements MultipartStore {

    private static final Logger LOG = LoggerFactory.getLogger(AzureUploads.class);
    private static final PartLimits LIMITS = new PartLimits(1, Blobs.MAX_PUT);

    /** A request that is sent meanwhile ends before the lease, which lasts a minute. */
    private static final Duration RENEWAL = Duration.ofSeconds(15);

    private final Blobs blobs;
    private final BlobConcatenation concatenation;
    private final Puts puts;
    private final CallThreads threads;
    private final BlobListing listing;
    private final InstantSource clock;

    AzureUploads(Blobs blobs, BlobConcatenation concatenation, Puts puts, CallThreads threads, InstantSource clock) {
        this.blobs = blobs;
        this.concatenation = concatenation;
        this.puts = puts;
        this.threads = threads;
        this.listing = new BlobListing(blobs);
        this.clock = clock;
    }

    @Override
    public PartLimits limits() {
        return LIMITS;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        BlobNames.of(key);
        Upload upload = new Upload(key, UploadId.next(clock.instant()));
        blobs.put(
                upload.record(),
                BinaryData.fromString(key.value()),
                BlobAttributes.of(attributes),
                WriteCondition.NONE);
        return upload.id();
    }

    /** Looks for the upload before the body is read, and afterwards: if it has ended meanwhile, nobody else would delete the part. */
    @Override
    public PartInfo putPart(ObjectKey key, UploadId id, PartNumber number, Content content, List<Checksum> expected) {
        Upload upload = Upload.of(key, id);
        String name = upload.part(number);
        find(upload);
        NewBlob target = new NewBlob(name, WriteCondition.NONE, () -> {});
        BlobSummary part = puts.put(content, new Puts.Order(target, EncodedAttributes.NONE, expected, LIMITS));
        if (blobs.head(upload.record()).isEmpty()) {
            blobs.deleteIfExists(name, Optional.empty());
            throw upload.missing();
        }
        return part.part(number);
    }

    /** {@inheritDoc} This store can't: parts are sent by clients only. */
    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return Optional.empty();
    }

    /** Holds a lease on the record meanwhile: another completion, or an abort, fails with a conflict. */
    @Override
    public ObjectInfo complete(ObjectKey key, UploadId id, List<PartTag> parts, WriteCondition condition) {
        Upload upload = Upload.of(key, id);
        EncodedAttributes attributes = find(upload).attributes();
        ChosenParts chosen = ChosenParts.of(parts, stored(upload), LIMITS.minSize());
        List<BlobConcatenation.Source> sources = chosen.parts().stream()
                .map(part -> new BlobConcatenation.Source(upload.part(part.number()), part.size(), part.etag()))
                .toList();
        String lease = UUID.randomUUID().toString();
        BlobSummary stored;
        try {
            lease(upload, "acquire", lease);
            NewBlob target = new NewBlob(BlobNames.of(key), condition, renewal(upload, lease));
            stored = concatenation.join(sources, BlobAttributes.described(attributes), target);
        } catch (RuntimeException e) {
            release(upload, lease);
            throw e;
        }
        blobs.deleteIfExists(upload.record(), Optional.of(lease));
        deleteParts(upload);
        return stored.info(key, attributes.decoded(BlobAttributes::name));
    }

    private void lease(Upload upload, String action, String id) {
        try {
            blobs.lease(upload.record(), action, id);
        } catch (NotFound e) {
            throw upload.missing();
        }
    }

    /** Returns what keeps the lease, when it is run before each request. */
    private Runnable renewal(Upload upload, String lease) {
        AtomicLong renewed = new AtomicLong(System.nanoTime());
        return () -> {
            long last = renewed.get();
            long now = System.nanoTime();
            if (now - last > RENEWAL.toNanos() && renewed.compareAndSet(last, now)) {
                lease(upload, "renew", lease);
            }
        };
    }

    private void release(Upload upload, String lease) {
        try {
            lease(upload, "release", lease);
        } catch (StorageException expires) {
            // It expires within a minute.
        }
    }

    @Override
    public void abort(ObjectKey key, UploadId id) {
        Upload upload = Upload.of(key, id);
        try {
            blobs.delete(upload.record(), WriteCondition.NONE, Optional.empty());
        } catch (NotFound e) {
            throw upload.missing();
        }
        deleteParts(upload);
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(ObjectKey key, UploadId id, int maxParts, Optional<PartNumber> after) {
        Upload upload = Upload.of(key, id);
        find(upload);
        List<PartInfo> rest = stored(upload).stream()
                .filter(part -> after.isEmpty() || part.number().compareTo(after.get()) > 0)
                .toList();
        return Page.first(rest, maxParts, PartInfo::number);
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        PageToken tokens = new PageToken("uploads", prefix.value());
        Optional<String> after = token.map(tokens::decode);
        Page<BlobItem, String> names =
                listing.names(Upload.recordsOf(prefix.value()), Optional.of(Upload.PART), maxUploads, after);
        List<UploadInfo> uploads = names.items().stream()
                .filter(item -> !BlobListing.isPrefix(item))
                .map(this::info)
                .filter(upload -> prefix.contains(upload.key()))
                .toList();
        return new Page<>(uploads, names.next().map(tokens::encode));
    }

    private UploadInfo info(BlobItem record) {
        Upload upload = Upload.ofRecord(record.getName(), blobs::text);
        return new UploadInfo(upload.key(), upload.id(), BlobSummary.of(record).lastModified());
    }

    private BlobVersion find(Upload upload) {
        return blobs.head(upload.record()).orElseThrow(upload::missing);
    }

    /** Returns the stored parts by ascending number, up to 10 000. */
    private List<PartInfo> stored(Upload upload) {
        String prefix = upload.parts();
        return listing.all(prefix)
                .map(item -> BlobSummary.of(item)
                        .part(new PartNumber(Integer.parseInt(item.getName().substring(prefix.length())))))
                .toList();
    }

    /** What is not deleted is left to the sweep. */
    private void deleteParts(Upload upload) {
        try {
            List<BlobItem> parts = listing.all(upload.parts()).toList();
            threads.map(parts, part -> blobs.deleteIfExists(part.getName(), Optional.empty()));
        } catch (StorageException e) {
            LOG.warn("Parts of an ended upload are left to the sweep: {}", e.getMessage());
        }
    }
}
