package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads every byte of files and compares size, ETag and checksums with their record. */
final class VerifyOperation implements JobOperation {

    private static final int AT_ONCE = 250;

    private final ObjectStore store;
    private final AtomicBoolean digestsSeen = new AtomicBoolean();

    VerifyOperation(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public int batchSize() {
        return AT_ONCE;
    }

    @Override
    public boolean changesFiles() {
        return false;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.READ);
    }

    @Override
    public JobSpec check(JobSpec spec) {
        SpecRules.refuse(name(), spec.target(), "prefix", "strip_prefix", "key");
        SpecRules.refuseAttributes(name(), spec.target());
        return spec;
    }

    @Override
    public void run(ItemRun run) {
        run.items().forEachRemaining(item -> run.done(item, Outcome.of(() -> verify(item))));
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        return Outcome.of(
                () -> new Outcome.Succeeded(StoreProbe.find(store, item.key()).size(), "Would be read"));
    }

    /** @throws ChecksumMismatch when the bytes differ from their record */
    private Outcome verify(JobItem item) {
        ObjectRecord recorded = store.inspect(item.key())
                .orElseThrow(() -> NotFound.file(item.key().value()));
        ReadOptions thisVersion = ReadOptions.ALL.ifMatch(recorded.info().etag());
        try {
            return store.read(item.key(), thisVersion, (info, span, body) -> {
                ByteCheck check = new ByteCheck(recorded, digestsSeen);
                check.read(body);
                return new Outcome.Succeeded(info.size(), check.finish());
            });
        } catch (IOException e) {
            throw new StorageUnavailable("The file could not be read to its end", e);
        }
    }
}
