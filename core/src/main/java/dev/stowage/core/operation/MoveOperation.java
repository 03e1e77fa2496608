package dev.stowage.core.operation;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves files: copies each on the store's side, looks at the copy, and deletes the sources that are still the version that was copied, many
 * at once. At no moment is a file at neither key. Which version is moved is on record before it is copied, and which copy was made before
 * the source is deleted, so that after a crash a source that was moved is told from one that was never there.
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
        List<JobItem> copied = new ArrayList<>();
        for (JobItem item : present) {
            try {
                copied.add(copy(run.spec(), item));
            } catch (StorageException e) {
                run.done(item, new Outcome.Failed(e));
            }
        }
        run.note(copied);
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

    /** An earlier attempt may have done it all, but for its own record. */
    private Outcome gone(JobSpec spec, JobItem item) {
        return item.copyEtag().isPresent() || isCopied(spec, item)
                ? Outcome.succeeded(size(item))
                : new Outcome.Failed(NotFound.file(item.key().value()));
    }

    /** Whether the target looks like the version that was noted, where an attempt ended before it could note its copy. */
    private boolean isCopied(JobSpec spec, JobItem item) {
        return item.etag()
                .flatMap(etag -> store.stat(KeyMappings.target(layout, spec, item.key()))
                        .filter(copy -> copy.size() == size(item) && copy.etag().equals(etag)))
                .isPresent();
    }

    /**
     * A copy need not have the tag of its source, as where the store encrypts each object by itself. So what is there is compared with what
     * the store said of the copy.
     */
    private JobItem copy(JobSpec spec, JobItem item) {
        ObjectKey target = KeyMappings.target(layout, spec, item.key());
        ObjectInfo copy = store.copy(item.key(), target, onlyOf(item.etag().orElseThrow()));
        boolean there = store.stat(target)
                .filter(found -> found.size() == size(item) && found.etag().equals(copy.etag()))
                .isPresent();
        if (!there) {
            throw new Conflict("The file at " + target + " was replaced after it was copied; both files are kept");
        }
        return item.copiedTo(copy.etag());
    }

    private static CopyOptions onlyOf(Etag etag) {
        return new CopyOptions(WriteCondition.NONE, Optional.of(etag), AttributeChanges.NONE);
    }

    private void deleteSources(ItemRun run, List<JobItem> copied) {
        Map<ObjectKey, JobItem> items = new LinkedHashMap<>();
        copied.forEach(item -> items.put(item.key(), item));
        boolean conditional = store.capabilities().contains(Capability.CONDITIONAL_DELETE);
        if (!conditional) {
            items.values().removeIf(item -> isReplaced(run, item));
        }
        if (items.isEmpty()) {
            return;
        }
        List<DeleteResult> results = conditional
                ? store.deleteMatching(versions(items.values()))
                : store.remove(List.copyOf(items.keySet()));
        for (DeleteResult result : results) {
            JobItem item = items.get(result.key());
            if (item != null) {
                run.done(item, outcome(item, result));
            }
        }
    }

    private static Map<ObjectKey, Etag> versions(Collection<JobItem> items) {
        Map<ObjectKey, Etag> versions = new LinkedHashMap<>();
        items.forEach(item -> versions.put(item.key(), item.etag().orElseThrow()));
        return versions;
    }

    /** Where the store can't decide it, the source is looked at right before; tells of one that must not be deleted. */
    private boolean isReplaced(ItemRun run, JobItem item) {
        try {
            Optional<Etag> now = store.stat(item.key()).map(ObjectInfo::etag);
            if (now.isEmpty() || now.equals(item.etag())) {
                return false;
            }
            run.done(item, new Outcome.Failed(replaced(item)));
        } catch (StorageException e) {
            run.done(item, new Outcome.Failed(e));
        }
        return true;
    }

    /** A source that somebody else has deleted meanwhile is moved all the same. */
    private static Outcome outcome(JobItem item, DeleteResult result) {
        if (result instanceof DeleteResult.Failed failed) {
            return new Outcome.Failed(failed.reason() instanceof PreconditionFailed ? replaced(item) : failed.reason());
        }
        return Outcome.succeeded(size(item));
    }

    private static Conflict replaced(JobItem item) {
        return new Conflict("The file at " + item.key() + " was replaced during the move; both files are kept");
    }

    private static long size(JobItem item) {
        return item.size().orElse(0);
    }
}
