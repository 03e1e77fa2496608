package dev.stowage.core.batch;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.JobItem;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.service.ImportSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Copies files from another store, and compares their bytes. What is there already is skipped, so that an import can be repeated. */
final class ImportOperation implements JobOperation {

    private static final int AT_ONCE = 250;

    private final ObjectStore store;
    private final KeyLayout layout;
    private final Map<String, ImportSource> sources;

    /** @param sources by name */
    ImportOperation(ObjectStore store, KeyLayout layout, Map<String, ImportSource> sources) {
        this.store = store;
        this.layout = layout;
        this.sources = sources;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public int batchSize() {
        return AT_ONCE;
    }

    @Override
    public boolean isImport() {
        return true;
    }

    /** The rights of principals are about keys of this service. */
    @Override
    public Set<Action> actions() {
        return Set.of();
    }

    /** Only admins are told which sources there are. */
    @Override
    public void checkImport(JobSpec spec, Principal principal, Permissions permissions) {
        ImportFrom from = spec.importFrom().orElseThrow();
        if (ImportSource.isAdmin(principal, permissions)) {
            ImportSource unused = source(sources, from);
            return;
        }
        boolean admitted = Optional.ofNullable(sources.get(from.name()))
                .filter(source -> source.admits(principal, permissions))
                .isPresent();
        if (!admitted) {
            throw new AccessDenied("You have no right to import from " + from.name());
        }
    }

    /** @throws InvalidInput when there is no such source */
    static ImportSource source(Map<String, ImportSource> sources, ImportFrom from) {
        return Optional.ofNullable(sources.get(from.name()))
                .orElseThrow(() -> InvalidInput.ofField(
                        "source.from",
                        "There is no import source " + from.name() + "; "
                                + (sources.isEmpty()
                                        ? "IMPORT_SOURCES is not set"
                                        : "IMPORT_SOURCES names "
                                                + String.join(", ", new TreeSet<>(sources.keySet())))));
    }

    @Override
    public Optional<ObjectKey> target(JobSpec spec, ObjectKey key) {
        return Optional.of(ImportKeys.target(layout, spec, key));
    }

    @Override
    public Optional<KeyPrefix> targets(JobSpec spec, KeyPrefix source) {
        return Optional.of(ImportKeys.map(spec.target(), source));
    }

    @Override
    public JobSpec check(JobSpec spec) {
        if (spec.importFrom().isEmpty()) {
            throw InvalidInput.ofField("source.from", "import needs source.from, the name of an import source");
        }
        SpecRules.refuse(name(), spec.target(), "key");
        SpecRules.refuseAttributes(name(), spec.target());
        return ImportKeys.check(spec, layout);
    }

    /** Without {@code strip_prefix}, the prefix to replace is known only once all of a manifest was read. */
    @Override
    public boolean waitsForAll(JobSpec spec) {
        return spec.source() instanceof JobSource.Manifest
                && spec.target().prefix().isPresent()
                && spec.target().stripPrefix().isEmpty();
    }

    @Override
    public void run(ItemRun run) {
        ImportFrom from = run.spec().importFrom().orElseThrow();
        FileImport files = new FileImport(source(sources, from).objects(), store);
        run.items()
                .forEachRemaining(item -> run.done(
                        item, Outcome.of(() -> files.copy(item.key(), target(run.spec(), item), from.overwrite()))));
    }

    @Override
    public Outcome preview(JobSpec spec, JobItem item) {
        ImportFrom from = spec.importFrom().orElseThrow();
        return Outcome.of(() -> new FileImport(source(sources, from).objects(), store)
                .preview(item.key(), target(spec, item), from.overwrite()));
    }

    private ObjectKey target(JobSpec spec, JobItem item) {
        return ImportKeys.target(layout, spec, item.key());
    }
}
