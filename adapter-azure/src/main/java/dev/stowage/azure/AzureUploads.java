package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
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
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Multipart uploads. The store has blocks for this, but a blob has only one set of uncommitted blocks, which every write to it discards,
 * and it discards them after a week. So each part is a blob, and {@link #complete} joins them.
 */
final class AzureUploads implements MultipartStore {

    private static final Logger LOG = LoggerFactory.getLogger(AzureUploads.class);
    private static final int LEASE_SECONDS = 60;

    private final Blobs blobs;
    private final Joining joining;
    private final Puts puts;
    private final Workers workers;
    private final BlobListing listing;
    private final InstantSource clock;

    AzureUploads(Blobs blobs, Joining joining, Puts puts, Workers workers, InstantSource clock) {
        this.blobs = blobs;
        this.joining = joining;
        this.puts = puts;
        this.workers = workers;
        this.listing = new BlobListing(blobs);
        this.clock = clock;
    }

    @Override
    public PartLimits limits() {
        return new PartLimits(1, Blobs.MAX_PUT);
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        BlobNames.of(key);
        Upload upload = Upload.begin(key, clock.instant());
        blobs.put(upload.record(), key.value(), BlobAttributes.of(attributes));
        return upload.id();
    }

    /** Looks for the upload before the body is read, and afterwards: if it has ended meanwhile, nobody else would delete the part. */
    @Override
    public PartInfo putPart(ObjectKey key, UploadId id, PartNumber number, Content content, List<Checksum> expected) {
        Upload upload = Upload.of(key, id);
        String name = upload.part(number);
        find(upload);
        Puts.Order order = new Puts.Order(
                name, BlobAttributes.NONE, WriteCondition.NONE, expected, Blobs.MAX_PUT, Joining.Guard.NONE);
        Puts.Written part = puts.put(content, order);
        if (blobs.head(upload.record()).isEmpty()) {
            blobs.deleteIfExists(name, Optional.empty());
            throw upload.missing();
        }
        return new PartInfo(
                number, part.size(), BlobVersion.etag(part.answer()), BlobVersion.lastModified(part.answer()));
    }

    /** Holds a lease on the record meanwhile: another completion, or an abort, fails with a conflict. */
    @Override
    public ObjectInfo complete(ObjectKey key, UploadId id, List<PartTag> parts, WriteCondition condition) {
        Upload upload = Upload.of(key, id);
        BlobAttributes attributes = find(upload).attributes();
        List<PartInfo> stored = stored(upload);
        ChosenParts chosen = ChosenParts.of(parts, stored, limits().minSize());
        BlobLeaseClient lease = new BlobLeaseClientBuilder()
                .blobClient(blobs.client(upload.record()))
                .leaseId(UUID.randomUUID().toString())
                .buildClient();
        HttpHeaders answer;
        try {
            onLease(upload, () -> lease.acquireLease(LEASE_SECONDS));
            Joining.Guard guard = new Joining.Guard(() -> true, () -> onLease(upload, lease::renewLease));
            answer = joining.join(
                    sources(upload, chosen, stored), BlobNames.of(key), attributes.described(), condition, guard);
        } catch (RuntimeException e) {
            release(lease);
            throw e;
        }
        blobs.deleteIfExists(upload.record(), Optional.of(lease.getLeaseId()));
        deleteParts(upload);
        return new ObjectInfo(
                key, chosen.size(), BlobVersion.etag(answer), BlobVersion.lastModified(answer), attributes.decoded());
    }

    private static List<Joining.Source> sources(Upload upload, ChosenParts chosen, List<PartInfo> stored) {
        Map<PartNumber, PartInfo> byNumber =
                stored.stream().collect(Collectors.toMap(PartInfo::number, Function.identity()));
        return chosen.tags().stream()
                .map(tag -> byNumber.get(tag.number()))
                .map(part -> new Joining.Source(upload.part(part.number()), part.size(), part.etag()))
                .toList();
    }

    private static void onLease(Upload upload, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            StorageException meaning = AzureErrors.translate(e, BlobNames.of(upload.key()));
            throw meaning instanceof NotFound ? upload.missing() : meaning;
        }
    }

    private static void release(BlobLeaseClient lease) {
        try {
            lease.releaseLease();
        } catch (RuntimeException expires) {
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
        return rest.size() <= maxParts
                ? new Page<>(rest, Optional.empty())
                : new Page<>(
                        rest.subList(0, maxParts),
                        Optional.of(rest.get(maxParts - 1).number()));
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        PageToken tokens = new PageToken("uploads", prefix.value());
        Optional<String> after = token.map(tokens::decode);
        BlobListing.Names names =
                listing.names(Upload.recordsOf(prefix.value()), Optional.of(Upload.PART), maxUploads, after);
        List<UploadInfo> uploads = new ArrayList<>();
        for (BlobItem item : names.items()) {
            if (!BlobListing.isPrefix(item)) {
                String record = item.getName();
                Upload upload = Upload.ofRecord(record, blobs::text);
                if (prefix.contains(upload.key())) {
                    Instant initiated = item.getProperties().getLastModified().toInstant();
                    uploads.add(new UploadInfo(upload.key(), upload.id(), initiated));
                }
            }
        }
        return new Page<>(uploads, names.next().map(tokens::encode));
    }

    private BlobVersion find(Upload upload) {
        return blobs.head(upload.record()).orElseThrow(upload::missing);
    }

    /** Returns the stored parts by ascending number, up to 10 000. */
    private List<PartInfo> stored(Upload upload) {
        List<PartInfo> parts = new ArrayList<>();
        listing.all(
                upload.parts(),
                item -> parts.add(new PartInfo(
                        new PartNumber(Integer.parseInt(
                                item.getName().substring(upload.parts().length()))),
                        item.getProperties().getContentLength(),
                        Etag.ofMaybeQuoted(item.getProperties().getETag()),
                        item.getProperties().getLastModified().toInstant())));
        return parts;
    }

    /** What is not deleted is left to the sweep. */
    private void deleteParts(Upload upload) {
        try {
            List<String> names = new ArrayList<>();
            listing.all(upload.parts(), item -> names.add(item.getName()));
            workers.run(names.size(), n -> blobs.deleteIfExists(names.get(n), Optional.empty()), () -> {});
        } catch (StorageException e) {
            LOG.warn("Parts of an ended upload are left to the sweep: {}", e.getMessage());
        }
    }
}
