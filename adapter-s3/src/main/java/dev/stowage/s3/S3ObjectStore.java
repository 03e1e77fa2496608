package dev.stowage.s3;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The objects of a bucket.
 *
 * <p>{@link Capability#CONDITIONAL_COPY} is not declared: only AWS evaluates a condition on a copy's target, and others silently
 * ignore it.
 */
final class S3ObjectStore implements ObjectStore {

    private final S3Put puts;
    private final S3Get reads;
    private final S3Head heads;
    private final S3Inspection inspections;
    private final S3Delete deletes;
    private final S3List lists;
    private final S3Copy copies;
    private final Function<Fence, ObjectStore> fenced;

    /** @param fenced creates the same store over a connection with a fence */
    S3ObjectStore(
            S3Put puts,
            S3Get reads,
            S3Head heads,
            S3Inspection inspections,
            S3Delete deletes,
            S3List lists,
            S3Copy copies,
            Function<Fence, ObjectStore> fenced) {
        this.puts = puts;
        this.reads = reads;
        this.heads = heads;
        this.inspections = inspections;
        this.deletes = deletes;
        this.lists = lists;
        this.copies = copies;
        this.fenced = fenced;
    }

    @Override
    public ObjectStore under(Fence fence) {
        return fenced.apply(fence);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CONDITIONAL_PUT, Capability.CONDITIONAL_COMPLETE, Capability.CONDITIONAL_DELETE);
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        return PutResult.under(options.condition(), puts.put(key, content, options));
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return reads.read(key, options, reader);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return heads.stat(key);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return deletes.delete(keys);
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return deletes.remove(keys);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A HEAD precedes each deletion, because stores other than AWS silently ignore {@code If-Match} on it. With these, a version
     * that appears between the HEAD and the deletion is deleted.
     */
    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        return deletes.deleteMatching(tags);
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return inspections.inspect(key);
    }

    @Override
    public ObjectPage list(ListQuery query) {
        return lists.list(query);
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return copies.copy(source, target, options);
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        throw new NotSupported("S3 copies one object with each request");
    }

    @Override
    public Optional<ObjectInfo> concatenate(
            List<ObjectKey> sources, ObjectKey target, ObjectAttributes attributes, WriteCondition condition) {
        return copies.concatenate(sources, target, attributes, condition);
    }
}
