package dev.stowage.testkit.names;

import dev.stowage.core.adapter.EscapedNames;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects under escaped names. */
final class NarrowObjects extends ForwardingObjectStore {

    private final EscapedNames names;

    NarrowObjects(ObjectStore store, EscapedNames names) {
        super(store);
        this.names = names;
    }

    @Override
    public PutResult put(ObjectKey key, Content content, PutOptions options) {
        PutResult stored = super.put(name(key), content, options);
        return new PutResult(info(stored.info()), stored.created());
    }

    @Override
    public <T> T read(ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        return super.read(name(key), options, (stored, span, body) -> reader.read(info(stored), span, body));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return super.stat(name(key)).map(this::info);
    }

    @Override
    public Optional<ObjectRecord> inspect(ObjectKey key) {
        return super.inspect(name(key))
                .map(stored -> new ObjectRecord(
                        info(stored.info()), stored.partSizes(), stored.checksums(), stored.tagMeaning()));
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        return results(super.delete(keys.stream().map(this::name).toList()));
    }

    @Override
    public List<DeleteResult> remove(List<ObjectKey> keys) {
        return delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        Map<ObjectKey, Etag> named = new LinkedHashMap<>();
        tags.forEach((key, tag) -> named.put(name(key), tag));
        return results(super.deleteMatching(named));
    }

    @Override
    public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
        return info(super.copy(name(source), name(target), options));
    }

    @Override
    public List<CopyResult> copyAll(List<Copy> copies) {
        return super.copyAll(copies.stream()
                        .map(copy -> new Copy(name(copy.source()), name(copy.target()), copy.options()))
                        .toList())
                .stream()
                .map(this::result)
                .toList();
    }

    private CopyResult result(CopyResult result) {
        return result instanceof CopyResult.Copied copied ? new CopyResult.Copied(info(copied.target())) : result;
    }

    @Override
    public ObjectPage list(ListQuery query) {
        ObjectPage page = super.list(new ListQuery(
                new KeyPrefix(names.encode(query.prefix().value())),
                query.delimiter().map(names::encode),
                query.maxKeys(),
                query.token()));
        return new ObjectPage(
                page.objects().stream()
                        .map(object -> new ObjectSummary(
                                key(object.key()), object.size(), object.etag(), object.lastModified()))
                        .toList(),
                page.commonPrefixes().stream()
                        .map(prefix -> names.decode(prefix).orElseThrow())
                        .toList(),
                page.nextToken());
    }

    private List<DeleteResult> results(List<DeleteResult> results) {
        return results.stream().map(this::result).toList();
    }

    private DeleteResult result(DeleteResult result) {
        ObjectKey key = key(result.key());
        if (result instanceof DeleteResult.Failed failed) {
            return new DeleteResult.Failed(key, failed.reason());
        }
        return result instanceof DeleteResult.Deleted ? new DeleteResult.Deleted(key) : new DeleteResult.Missing(key);
    }

    private ObjectInfo info(ObjectInfo stored) {
        return new ObjectInfo(
                key(stored.key()), stored.size(), stored.etag(), stored.lastModified(), stored.attributes());
    }

    private ObjectKey name(ObjectKey key) {
        return new ObjectKey(names.encode(key.value()));
    }

    private ObjectKey key(ObjectKey name) {
        return new ObjectKey(names.decode(name.value()).orElseThrow());
    }
}
