package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.MediaTypes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.service.ArchiveFormats;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Stores the entries of an archive as files. The archive was read once before, to find its entries, their sizes, and whether it is within
 * the limits. The entries are stored in one pass in the order of the archive; when that is interrupted, it starts again and stores the same
 * files.
 */
final class ExtractOperation implements JobOperation {

    private final ObjectStore store;
    private final KeyLayout layout;
    private final Optional<ArchiveFormats> formats;

    /** @param formats empty where jobs are only submitted */
    ExtractOperation(ObjectStore store, KeyLayout layout, Optional<ArchiveFormats> formats) {
        this.store = store;
        this.layout = layout;
        this.formats = formats;
    }

    @Override
    public String name() {
        return "extract";
    }

    @Override
    public int batchSize() {
        return ALL;
    }

    /** Entries are no files. The archive itself is the source, which needs the right to read. */
    @Override
    public Set<Action> actions() {
        return Set.of();
    }

    /** Names are normalized, as programs on macOS write them decomposed. */
    @Override
    public Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        ObjectKey target = new ObjectKey(Normalizer.normalize(prefix(spec).value() + key.value(), Normalizer.Form.NFC));
        layout.check(target);
        return Optional.of(target);
    }

    @Override
    public JobSpec check(JobSpec spec) {
        SpecRules.refuse(name(), spec.target(), "key", "strip_prefix");
        SpecRules.refuseAttributes(name(), spec.target());
        layout.check(prefix(spec), "target.prefix");
        if (spec.filter().isPresent()) {
            throw InvalidInput.ofField(
                    "source.filter", "extract takes all entries of the archive; remove source.filter");
        }
        if (spec.source() instanceof JobSource.Keys keys && keys.keys().size() == 1) {
            return spec.withSource(new JobSource.Archive(keys.keys().get(0)));
        }
        if (spec.source() instanceof JobSource.Archive) {
            return spec;
        }
        throw InvalidInput.ofField("source.keys", "extract needs the key of one archive in source.keys");
    }

    @Override
    public void run(ItemRun run) {
        Iterator<JobItem> items = run.items();
        if (!items.hasNext()) {
            return;
        }
        JobItem first = items.next();
        ObjectKey archive = ((JobSource.Archive) run.spec().source()).key();
        ReadOptions version = ReadOptions.ALL.ifMatch(first.etag().orElseThrow());
        try {
            boolean unused = store.read(archive, version, (info, span, body) -> {
                try (ArchiveFormats.Entries entries = formats.orElseThrow().open(info, body)) {
                    extract(run, first, items, entries);
                }
                return true;
            });
        } catch (IOException e) {
            throw new StorageUnavailable("The archive could not be read to its end", e);
        } catch (PreconditionFailed e) {
            throw new PreconditionFailed(
                    "The archive at " + archive + " was replaced while it was extracted; submit the job again",
                    archive.value());
        }
    }

    private void extract(ItemRun run, JobItem first, Iterator<JobItem> items, ArchiveFormats.Entries entries)
            throws IOException {
        long number = 0;
        JobItem item = first;
        while (true) {
            ArchiveFormats.Entry entry = entries.next()
                    .orElseThrow(() -> new Conflict("The archive has fewer entries than were found in it"));
            number++;
            if (number == item.number()) {
                run.done(item, store(run, item, entry));
                if (!items.hasNext()) {
                    return;
                }
                item = items.next();
            }
        }
    }

    private Outcome store(ItemRun run, JobItem item, ArchiveFormats.Entry entry) {
        try {
            ObjectKey target = target(run.spec(), item.key()).orElseThrow();
            ObjectAttributes attributes = new ObjectAttributes(MediaTypes.guess(target), Metadata.NONE);
            PutResult stored = store.put(target, Content.once(entry.body(), item.size()), PutOptions.of(attributes));
            return Outcome.succeeded(stored.info().size());
        } catch (StorageUnavailable e) {
            if (!run.isLastAttempt() || !StoreProbe.answers(store)) {
                throw e;
            }
            return new Outcome.Failed(e);
        } catch (StorageException e) {
            return new Outcome.Failed(e);
        }
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(() -> new Outcome.Succeeded(
                item.size().orElse(0),
                "Would be stored at " + target(spec, item.key()).orElseThrow()));
    }

    private KeyPrefix prefix(JobSpec spec) {
        return SpecRules.require(name(), "prefix", spec.target().prefix());
    }
}
