package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import dev.stowage.core.adapter.CallThreads;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.ObjectArchived;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.TagMeaning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects as blobs. */
final class AzureObjects implements ObjectStore {

    /** How often a copy looks at its source, which may be replaced between that and the copy. */
    private static final int ATTEMPTS = 10;

    private static final String ARCHIVE = "Archive";
    private static final PartLimits ANY_SIZE = new PartLimits(1, Long.MAX_VALUE);

    private final Blobs blobs;
    private final BlobConcatenation concatenation;
    private final Puts puts;
    private final CallThreads threads;
    private final Runnable guard;

    /** @param guard run before each change; fails when it must not be made */
    AzureObjects(Blobs blobs, BlobConcatenation concatenation, Puts puts, CallThreads threads, Runnable guard) {
        this.blobs = blobs;
        this.concatenation = concatenation;
        this.puts = puts;
        this.threads = threads;
        this.guard = guard;
    }

    /** The store decides all conditions, in the request that changes a blob. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CONDITIONAL_PUT,
                Capability.CONDITIONAL_COPY,
                Capability.CONDITIONAL_COMPLETE,
                Capability.CONDITIONAL_DELETE,
                Capability.BULK_CONDITIONAL_DELETE);
    }

    @Override
    public ObjectStore under(Fence fence) {
        return new AzureObjects(blobs, concatenation, puts, threads, fence::requireOpen);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        NewBlob target = target(key, options.condition());
        EncodedAttributes attributes = BlobAttributes.of(options.attributes());
        BlobSummary stored = puts.put(content, new Puts.Order(target, attributes, options.expected(), ANY_SIZE));
        return PutResult.under(options.condition(), stored.info(key, options.attributes()));
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return Reads.read(blobs, key, options, reader);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return find(key).map(blob -> blob.info(key));
    }

    /** The store records the MD5 of a blob that was written by one request. */
    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return find(key)
                .map(blob -> new ObjectRecord(
                        blob.info(key),
                        List.of(),
                        blob.md5().stream()
                                .map(md5 -> new Checksum(ChecksumAlgorithm.MD5, md5))
                                .toList(),
                        TagMeaning.VERSION));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return threads.map(keys, key -> delete(key, WriteCondition.NONE));
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return threads.map(
                List.copyOf(tags.entrySet()), tag -> delete(tag.getKey(), new WriteCondition.IfMatch(tag.getValue())));
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return new BlobListing(blobs).page(query);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        options.check(source, target);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            BlobVersion version = blobs.existing(source, options.ifSourceMatch());
            if (version.tier().filter(ARCHIVE::equals).isPresent()) {
                throw new ObjectArchived(source.value());
            }
            try {
                return copy(source, version, target, options);
            } catch (NotFound | Conflict e) {
                // Starts over, with the version that the source has now.
            }
        }
        throw new Conflict("The file at " + source + " is replaced again and again. Try again.");
    }

    private ObjectInfo copy(ObjectKey source, BlobVersion version, ObjectKey target, CopyOptions options) {
        AttributeChanges changes = options.changesTo(version.info(source), target);
        EncodedAttributes attributes = version.attributes().with(changes, BlobAttributes::identifier);
        Optional<EncodedAttributes> changed = Optional.of(attributes).filter(any -> !changes.isEmpty());
        BlobSummary copy =
                concatenation.copy(BlobNames.of(source), version, changed, target(target, options.condition()));
        return copy.info(target, attributes.decoded(BlobAttributes::name));
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        throw new NotSupported("Azure Blob Storage copies one blob with each request");
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        List<BlobConcatenation.Source> parts = new ArrayList<>();
        for (ObjectKey source : sources) {
            BlobVersion blob = blobs.existing(source, Optional.empty());
            parts.add(new BlobConcatenation.Source(BlobNames.of(source), blob.size(), blob.etag()));
        }
        HttpHeaders described = BlobAttributes.described(BlobAttributes.of(attributes));
        BlobSummary stored = concatenation.join(parts, described, target(target, condition));
        return Optional.of(stored.info(target, attributes));
    }

    private NewBlob target(ObjectKey key, WriteCondition condition) {
        return new NewBlob(BlobNames.of(key), condition, guard);
    }

    private Optional<BlobVersion> find(ObjectKey key) {
        return blobs.head(BlobNames.of(key));
    }

    private DeleteResult delete(ObjectKey key, WriteCondition condition) {
        try {
            guard.run();
            blobs.delete(BlobNames.of(key), condition, Optional.empty());
            return new DeleteResult.Deleted(key);
        } catch (StorageException reason) {
            // A missing blob does not match a condition either.
            boolean missing = reason instanceof NotFound
                    || (reason instanceof PreconditionFailed && stat(key).isEmpty());
            return missing ? new DeleteResult.Missing(key) : new DeleteResult.Failed(key, reason);
        }
    }
}
