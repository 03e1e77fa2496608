package dev.stowage.core.operation;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves files: copies each on the store's side, looks at the copy, and deletes what is copied well, many at once. At no moment is a file
 * at neither key. Which version is moved is on record before, so that after a crash a source that is gone is told from one that was never
 * there.
 */
final class MoveOperation implements JobOperation {

    private static final int AT_ONCE = 250;

    /** So many are noted together and deleted together: more make a pause wait, fewer make more calls. */
    private static final int TOGETHER = 25;

    private final ObjectStore store;
    private final KeyLayout layout;

    MoveOperation(ObjectStore store, KeyLayout layout) {
        this.store = store;
        this.layout = layout;
    }

    @Override
    public String name() {
        return "move";
    }

    @Override
    public int batchSize() {
        return AT_ONCE;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.READ, Action.DELETE);
    }

    @Override
    public Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.of(KeyMappings.target(layout, spec, key));
    }

    @Override
    public Optional<KeyPrefix> targets(JobSpec spec, KeyPrefix source) {
        return Optional.of(KeyMappings.mapping(spec).map(source));
    }

    @Override
    public JobSpec check(JobSpec spec) {
        return KeyMappings.check(spec, layout);
    }

    @Override
    public boolean waitsForAll(JobSpec spec) {
        return CopyOperation.waitsForTarget(spec);
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return new CopyOperation(store, layout).preview(spec, item);
    }

    @Override
    public void run(ItemRun run) {
        Iterator<JobItem> items = run.items();
        while (items.hasNext()) {
            List<JobItem> some = new ArrayList<>();
            while (some.size() < TOGETHER && items.hasNext()) {
                some.add(items.next());
            }
            move(run, some);
        }
    }

    private void move(ItemRun run, List<JobItem> items) {
        List<JobItem> present = find(run, items);
        run.note(present);
        Map<ObjectKey, JobItem> copied = new LinkedHashMap<>();
        for (JobItem item : present) {
            try {
                copy(run.spec(), item);
                copied.put(item.key(), item);
            } catch (StorageException e) {
                run.done(item, new Outcome.Failed(e));
            }
        }
        deleteSources(run, copied);
    }

    /** The items whose files are there, with their versions; tells what came of the others. */
    private List<JobItem> find(ItemRun run, List<JobItem> items) {
        List<JobItem> present = new ArrayList<>();
        for (JobItem item : items) {
            try {
                store.stat(item.key())
                        .ifPresentOrElse(
                                info -> present.add(item.of(info.size(), info.etag())),
                                () -> run.done(item, gone(run.spec(), item)));
            } catch (StorageException e) {
                run.done(item, new Outcome.Failed(e));
            }
        }
        return present;
    }

    /** An earlier attempt that had noted the version may have done it all, but for its own record. */
    private Outcome gone(JobSpec spec, JobItem item) {
        boolean moved = item.etag()
                .filter(etag -> isThere(KeyMappings.target(layout, spec, item.key()), item, etag))
                .isPresent();
        return moved
                ? Outcome.succeeded(size(item))
                : new Outcome.Failed(NotFound.file(item.key().value()));
    }

    private void copy(JobSpec spec, JobItem item) {
        Etag etag = item.etag().orElseThrow();
        ObjectKey target = KeyMappings.target(layout, spec, item.key());
        ObjectInfo unused = store.copy(item.key(), target, onlyOf(etag));
        if (!isThere(target, item, etag)) {
            throw new StorageUnavailable(
                    "The copy at " + target + " is not what was copied; both files are kept", null);
        }
        Optional<Etag> now = store.stat(item.key()).map(ObjectInfo::etag);
        if (now.isPresent() && !now.get().equals(etag)) {
            throw new Conflict("The file at " + item.key() + " was replaced while it was moved; both files are kept");
        }
    }

    private static CopyOptions onlyOf(Etag etag) {
        return new CopyOptions(WriteCondition.NONE, Optional.of(etag), Optional.empty());
    }

    /** A copy that is made in parts has a tag of its own, as has a source that was. */
    private boolean isThere(ObjectKey target, JobItem item, Etag etag) {
        return store.stat(target)
                .filter(copy -> copy.size() == size(item))
                .filter(copy -> copy.etag().equals(etag) || isOfParts(copy.etag()) || isOfParts(etag))
                .isPresent();
    }

    private static boolean isOfParts(Etag etag) {
        return etag.value().indexOf('-') >= 0;
    }

    private void deleteSources(ItemRun run, Map<ObjectKey, JobItem> copied) {
        if (copied.isEmpty()) {
            return;
        }
        for (DeleteResult result : store.remove(List.copyOf(copied.keySet()))) {
            JobItem item = copied.get(result.key());
            if (item != null) {
                run.done(
                        item,
                        result instanceof DeleteResult.Failed failed
                                ? new Outcome.Failed(failed.reason())
                                : Outcome.succeeded(size(item)));
            }
        }
    }

    private static long size(JobItem item) {
        return item.size().orElse(0);
    }
}
