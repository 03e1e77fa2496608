package dev.stowage.app.statements;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts the calls by which files are found and deleted. Safe for concurrent use. */
final class CountedCalls extends ForwardingObjectStore {

    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger stats = new AtomicInteger();
    private final AtomicInteger deletions = new AtomicInteger();

    CountedCalls(ObjectStore store) {
        super(store);
    }

    /**
     * Calls so far.
     *
     * @param lists pages of listings
     * @param stats reads of one file's properties
     * @param deletions of any number of files
     */
    record Calls(int lists, int stats, int deletions) {}

    Calls calls() {
        return new Calls(lists.get(), stats.get(), deletions.get());
    }

    @Override
    public ObjectPage list(ListQuery query) {
        lists.incrementAndGet();
        return super.list(query);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        stats.incrementAndGet();
        return super.stat(key);
    }

    @Override
    public List<DeleteResult> delete(List<ObjectKey> keys) {
        deletions.incrementAndGet();
        return super.delete(keys);
    }

    @Override
    public List<DeleteResult> deleteMatching(Map<ObjectKey, Etag> tags) {
        deletions.incrementAndGet();
        return super.deleteMatching(tags);
    }
}
