package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
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
import java.util.function.BiConsumer;

/**
 * Moves files: copies each within the store, verifies the copy, and deletes many sources at once, if they are still the version that was
 * copied. The file is at one of the keys at any moment. The version is recorded before it is copied, and the copy before the source is
 * deleted, so that after a crash a moved source can be told from one that never existed.
 */
final class MoveOperation extends KeyMappingOperation {

    /** The sources are deleted after all copies, so with more items, a pause takes longer when the store is slow. */
    private static final int AT_ONCE = 25;

    private final ObjectStore store;

    MoveOperation(ObjectStore store, KeyLayout layout) {
        super(store, layout);
        this.store = store;
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
    public void run(ItemRun run) {
        List<JobItem> present = find(run);
        run.note(present);
        List<JobItem> full = new ArrayList<>();
        move(run, present, (item, refusal) -> full.add(item));
        // A file needs no room for a move within its project, but the copies of the others did until their sources were
        // deleted.
        for (JobItem item : full) {
            move(run, List.of(item), (refused, refusal) -> run.done(refused, new Outcome.Failed(refusal)));
        }
    }

    /** @param full takes the items that exceed a quota */
    private void move(ItemRun run, List<JobItem> items, BiConsumer<JobItem, QuotaExceeded> full) {
        List<JobItem> copied = copy(run, items, full);
        run.note(copied);
        deleteSources(run, copied);
    }

    /** Returns the items whose files exist, with their versions, and reports the outcomes of the others. */
    private List<JobItem> find(ItemRun run) {
        List<JobItem> present = new ArrayList<>();
        for (Iterator<JobItem> items = run.items(); items.hasNext(); ) {
            JobItem item = items.next();
            try {
                Optional<ObjectInfo> found = store.stat(item.key());
                found.ifPresentOrElse(
                        info -> {
                            checkFolder(item.key(), info.size());
                            present.add(item.of(info.size(), info.etag()));
                        },
                        () -> run.done(item, gone(run.spec(), item)));
            } catch (StorageException e) {
                run.done(item, new Outcome.Failed(e));
            }
        }
        return present;
    }

    /** An earlier attempt may have finished the move without recording it. */
    private Outcome gone(JobSpec spec, JobItem item) {
        return item.copyEtag().isPresent() || isCopied(spec, item)
                ? Outcome.succeeded(size(item))
                : new Outcome.Failed(NotFound.file(item.key().value()));
    }

    /** Whether the target matches the recorded version, for an attempt that ended before it could record its copy. */
    private boolean isCopied(JobSpec spec, JobItem item) {
        return item.etag()
                .flatMap(etag -> store.stat(target(spec, item))
                        .filter(copy -> copy.size() == size(item) && copy.etag().equals(etag)))
                .isPresent();
    }

    /** Returns the items that were copied, with their copies, and reports the outcomes of the others, except for {@code full}. */
    private List<JobItem> copy(ItemRun run, List<JobItem> present, BiConsumer<JobItem, QuotaExceeded> full) {
        List<JobItem> copied = new ArrayList<>();
        copyAll(run.spec(), present, MoveOperation::onlyItsVersion).forEach((item, result) -> {
            try {
                copied.add(verified(item, result));
            } catch (QuotaExceeded e) {
                full.accept(item, e);
            } catch (StorageException e) {
                run.done(item, new Outcome.Failed(e));
            }
        });
        return copied;
    }

    /**
     * A copy may have another ETag than its source, for example where the store encrypts each object separately. The target is therefore
     * compared with the store's response to the copy.
     */
    private JobItem verified(JobItem item, CopyResult result) {
        if (result instanceof CopyResult.Failed failed) {
            throw failed.reason();
        }
        ObjectInfo copy = ((CopyResult.Copied) result).target();
        ObjectKey target = copy.key();
        boolean there = store.stat(target)
                .filter(found -> found.size() == size(item) && found.etag().equals(copy.etag()))
                .isPresent();
        if (!there) {
            throw new Conflict("The file at " + target + " was replaced after it was copied; both files are kept");
        }
        return item.copiedTo(copy.etag());
    }

    private static CopyOptions onlyItsVersion(JobItem item) {
        return CopyOptions.moving(WriteCondition.NONE, item.etag().orElseThrow());
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

    /** If the store can't decide this, reads the source right before the deletion. Reports a source that must not be deleted. */
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

    /** A source that was deleted by another client meanwhile counts as moved. */
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
