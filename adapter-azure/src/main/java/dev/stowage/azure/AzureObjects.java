package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.ObjectArchived;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Objects as blobs. */
final class AzureObjects implements ObjectStore {

    /** How often a copy looks at its source, which may be replaced between that and the copy. */
    private static final int ATTEMPTS = 10;

    private static final String ARCHIVE = "Archive";

    private final Blobs blobs;
    private final Joining joining;
    private final Puts puts;
    private final Workers workers;
    private final Joining.Guard guard;

    AzureObjects(Blobs blobs, Joining joining, Puts puts, Workers workers, Joining.Guard guard) {
        this.blobs = blobs;
        this.joining = joining;
        this.puts = puts;
        this.workers = workers;
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
        return new AzureObjects(blobs, joining, puts, workers, Joining.Guard.of(fence));
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        BlobAttributes attributes = BlobAttributes.of(options.attributes());
        Puts.Order order = new Puts.Order(
                BlobNames.of(key), attributes, options.condition(), options.expected(), Long.MAX_VALUE, guard);
        Puts.Written written = puts.put(content, order);
        return PutResult.under(options.condition(), info(key, written.size(), written.answer(), attributes));
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return new Reads(blobs).read(key, options, reader);
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
                        blob.md5()
                                .map(md5 -> new Checksum(ChecksumAlgorithm.MD5, md5))
                                .map(List::of)
                                .orElse(List.of()),
                        TagMeaning.VERSION));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return deleteAll(keys, Map.of());
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return deleteAll(List.copyOf(tags.keySet()), tags);
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return new BlobListing(blobs).page(query);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        if (source.equals(target) && options.changes().isEmpty()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST, "A copy of a file onto itself has to change an attribute");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            BlobVersion version = find(source).orElseThrow(() -> NotFound.file(source.value()));
            version.checkMatch(source, options.ifSourceMatch());
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
        String from = BlobNames.of(source);
        String to = BlobNames.of(target);
        BlobAttributes attributes = version.attributes().with(options.changes());
        guard.check();
        HttpHeaders answer;
        if (!options.changes().isEmpty() || version.size() > Blobs.MAX_COPY) {
            Joining.Source all = new Joining.Source(from, version.size(), version.etag());
            answer = joining.join(List.of(all), to, described(from, version, attributes), options.condition(), guard);
        } else {
            answer = blobs.copy(from, version, to, options.condition());
        }
        return info(target, version.size(), answer, attributes);
    }

    /** Returns headers for a blob with the bytes of another one. They include what the store keeps in addition to the attributes. */
    private HttpHeaders described(String source, BlobVersion version, BlobAttributes attributes) {
        HttpHeaders headers = attributes.described();
        version.md5().ifPresent(md5 -> Blobs.set(headers, "x-ms-blob-content-md5", md5));
        version.tier().ifPresent(tier -> Blobs.set(headers, "x-ms-access-tier", tier));
        if (version.tagged()) {
            String tags = blobs.client(source).getTags().entrySet().stream()
                    .map(tag -> encoded(tag.getKey()) + "=" + encoded(tag.getValue()))
                    .collect(Collectors.joining("&"));
            Blobs.set(headers, "x-ms-tags", tags);
        }
        return headers;
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        List<Joining.Source> blobsOfSources = new ArrayList<>();
        for (ObjectKey source : sources) {
            BlobVersion blob = find(source).orElseThrow(() -> NotFound.file(source.value()));
            blobsOfSources.add(new Joining.Source(BlobNames.of(source), blob.size(), blob.etag()));
        }
        BlobAttributes stored = BlobAttributes.of(attributes);
        HttpHeaders answer = joining.join(blobsOfSources, BlobNames.of(target), stored.described(), condition, guard);
        long size = blobsOfSources.stream().mapToLong(Joining.Source::size).sum();
        return Optional.of(info(target, size, answer, stored));
    }

    private Optional<BlobVersion> find(ObjectKey key) {
        return blobs.head(BlobNames.of(key));
    }

    private List<DeleteResult> deleteAll(List<ObjectKey> keys, Map<ObjectKey, Etag> tags) {
        DeleteResult[] results = new DeleteResult[keys.size()];
        workers.run(
                results.length,
                n -> results[n] = delete(keys.get(n), Optional.ofNullable(tags.get(keys.get(n)))),
                guard.heartbeat());
        return List.of(results);
    }

    private DeleteResult delete(ObjectKey key, Optional<Etag> tag) {
        WriteCondition condition =
                tag.<WriteCondition>map(WriteCondition.IfMatch::new).orElse(WriteCondition.NONE);
        try {
            guard.check();
            blobs.delete(BlobNames.of(key), condition, Optional.empty());
            return new DeleteResult.Deleted(key);
        } catch (StorageException reason) {
            // A missing blob does not match a condition either.
            boolean missing = reason instanceof NotFound
                    || (reason instanceof PreconditionFailed && stat(key).isEmpty());
            return missing ? new DeleteResult.Missing(key) : new DeleteResult.Failed(key, reason);
        }
    }

    private static ObjectInfo info(ObjectKey key, long size, HttpHeaders answer, BlobAttributes attributes) {
        return new ObjectInfo(
                key, size, BlobVersion.etag(answer), BlobVersion.lastModified(answer), attributes.decoded());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
