package dev.stowage.core.expiry;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.DueFile;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Deletes files that have expired, by rules or by themselves, several batches at once. The record says only when to look at a file: the
 * file and the current rules decide. A file is forgotten after it was deleted, so a crash in between makes the next attempt find no file.
 */
final class ExpireFiles {

    /** The most files that are deleted by one call of the store. */
    private static final int MAX_BATCH = 1000;

    /** The fewest files that are worth a batch of their own. */
    private static final int MIN_BATCH = 100;

    /** The most lists of due files that are taken one after another. */
    private static final int MAX_LISTS = 10;

    /** With so many failures in a row, the store is probably unavailable, and further attempts only take time. */
    private static final int MAX_FAILURES = 5;

    /** When a file that could not be deleted is tried again. */
    private static final Duration RETRY = Duration.ofHours(1);

    /** When to look again at a file whose rule was written by somebody without the right to delete it. */
    private static final Duration UNTIL_RIGHTS = Duration.ofDays(1);

    private final ObjectStore store;
    private final ExpiryRecords records;
    private final RuleWriters writers;
    private final AccessPolicy access;
    private final int concurrency;

    ExpireFiles(ObjectStore store, ExpiryRecords records, RuleWriters writers, AccessPolicy access, int concurrency) {
        this.store = store;
        this.records = records;
        this.writers = writers;
        this.access = access;
        // So that no more files are in progress than one list has, and memory stays flat.
        this.concurrency = Math.min(concurrency, ExpiryRecords.MAX_DUE / MIN_BATCH);
    }

    /**
     * A file that has expired.
     *
     * @param file as it was looked at
     * @param expiry by which it has expired
     */
    private record Doomed(DueFile due, ObjectInfo file, Expiry expiry) {}

    /**
     * When a file expires.
     *
     * @param rule by which it does; empty for the file's own expiry
     */
    private record Expiry(Instant time, Optional<LifecycleRule> rule) {

        Map<String, String> detail() {
            return rule.map(by -> Map.of("rule", by.id(), "prefix", by.prefix().value()))
                    .orElseGet(() -> Map.of("expires_at", time.toString()));
        }
    }

    /**
     * Looks at files that are due, and deletes those that have expired. While batches are in progress, the next files are read from the
     * record; files that stay there are not read again.
     *
     * @return whether files were due
     */
    boolean expire(Instant now, Consumer<FileExpiry.Expired> done) {
        Optional<DueFile> last = Optional.empty();
        AtomicInteger failures = new AtomicInteger();
        try (ExpiryBatches batches = new ExpiryBatches(concurrency, done)) {
            boolean more = true;
            for (int lists = 0; more && lists < MAX_LISTS; lists++) {
                List<DueFile> due = records.due(now, last, ExpiryRecords.MAX_DUE);
                if (!due.isEmpty()) {
                    access.require();
                    last = Optional.of(due.get(due.size() - 1));
                }
                more = start(due, () -> new Batch(now, failures), batches) && due.size() == ExpiryRecords.MAX_DUE;
            }
            batches.finish();
        }
        return last.isPresent();
    }

    /** Returns whether all were started. */
    private boolean start(List<DueFile> due, Supplier<Batch> batch, ExpiryBatches batches) {
        int share = (due.size() + concurrency - 1) / concurrency;
        int size = Math.min(MAX_BATCH, Math.max(MIN_BATCH, share));
        boolean started = true;
        for (int from = 0; started && from < due.size(); from += size) {
            List<DueFile> some = due.subList(from, Math.min(due.size(), from + size));
            started = batches.start(() -> batch.get().expire(some));
        }
        return started;
    }

    /** A file that is due, and its properties. */
    private record Found(DueFile due, ObjectInfo file) {}

    /** For one thread. */
    private final class Batch {

        private final Instant now;
        private final Map<ObjectKey, Doomed> doomed = new LinkedHashMap<>();
        private final List<DueFile> forgotten = new ArrayList<>();
        private final List<DueFile> postponed = new ArrayList<>();
        private final AtomicInteger failures;
        private int deleted;
        private long bytes;
        private int failed;

        /** @param failures of all batches in a row, because the store is unavailable */
        Batch(Instant now, AtomicInteger failures) {
            this.now = now;
            this.failures = failures;
        }

        FileExpiry.Expired expire(List<DueFile> files) {
            try {
                List<Found> found = new ArrayList<>();
                for (DueFile due : files) {
                    look(due).ifPresent(file -> found.add(new Found(due, file)));
                }
                // Read last, as the deletion must not follow rules that have been removed.
                LifecycleRules rules = records.rules();
                RuleWriters.Now rights = writers.now();
                found.forEach(one -> decide(one.due(), one.file(), rules, rights));
                delete();
            } finally {
                // Also of a batch that broke off, so that files that fail do not come first again.
                records.settle(forgotten, postponed);
            }
            return new FileExpiry.Expired(files.size(), deleted, bytes, failed);
        }

        /** Returns the file; empty when there is none, or it can't be read. */
        private Optional<ObjectInfo> look(DueFile due) {
            try {
                Optional<ObjectInfo> file = store.stat(due.key());
                failures.set(0);
                if (file.isEmpty()) {
                    forgotten.add(due);
                }
                return file;
            } catch (StorageException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                retry(due, e);
                return Optional.empty();
            }
        }

        /** Postpones a file, and breaks off when the store is unavailable. Then only a few files have been postponed. */
        private void retry(DueFile due, StorageException failure) {
            int inARow = failure instanceof StorageUnavailable ? failures.incrementAndGet() : 0;
            if (inARow <= MAX_FAILURES) {
                failed++;
                postponed.add(due.postponed(now.plus(RETRY)));
            }
            if (inARow >= MAX_FAILURES) {
                throw failure;
            }
        }

        private void decide(DueFile due, ObjectInfo file, LifecycleRules rules, RuleWriters.Now rights) {
            List<Expiry> expiries = new ArrayList<>();
            file.expiresAt().ifPresent(time -> expiries.add(new Expiry(time, Optional.empty())));
            rules.of(file.key())
                    .forEach(rule -> rule.dueAt(file).ifPresent(time -> {
                        boolean allowed = time.isAfter(now) || rights.allow(rule, file.key());
                        expiries.add(new Expiry(allowed ? time : now.plus(UNTIL_RIGHTS), Optional.of(rule)));
                    }));
            Optional<Expiry> first = expiries.stream().min(Comparator.comparing(Expiry::time));
            if (first.isEmpty()) {
                forgotten.add(due);
            } else if (first.get().time().isAfter(now)) {
                postponed.add(due.postponed(first.get().time()));
            } else {
                doomed.put(file.key(), new Doomed(due, file, first.get()));
            }
        }

        private void delete() {
            if (doomed.isEmpty()) {
                return;
            }
            List<DeleteResult> results = access.expiring(this::deleteVersions);
            for (DeleteResult result : results) {
                Doomed one = Objects.requireNonNull(doomed.get(result.key()));
                if (result instanceof DeleteResult.Failed refused) {
                    // Of a file that was replaced, the record is looked at again at once.
                    if (!(refused.reason() instanceof PreconditionFailed)) {
                        record(one, refused.reason().code().id());
                        retry(one.due(), refused.reason());
                    }
                } else {
                    forgotten.add(one.due());
                    if (result instanceof DeleteResult.Deleted) {
                        deleted++;
                        bytes += one.file().size();
                        record(one, AuditEvent.OK);
                    }
                }
            }
        }

        private List<DeleteResult> deleteVersions() {
            if (store.capabilities().contains(Capability.CONDITIONAL_DELETE)) {
                Map<ObjectKey, Etag> versions = new LinkedHashMap<>();
                doomed.forEach((key, one) -> versions.put(key, one.file().etag()));
                return store.deleteMatching(versions);
            }
            return doomed.values().stream()
                    .flatMap(one -> deleteUnchanged(one.file()).stream())
                    .toList();
        }

        /** Without a condition of the store, the version is compared just before. */
        private List<DeleteResult> deleteUnchanged(ObjectInfo file) {
            Optional<ObjectInfo> current = store.stat(file.key());
            if (current.filter(found -> !found.equals(file)).isPresent()) {
                PreconditionFailed replaced = new PreconditionFailed(
                        "The file was replaced", file.key().value());
                return List.of(new DeleteResult.Failed(file.key(), replaced));
            }
            return store.delete(List.of(file.key()));
        }

        private void record(Doomed one, String result) {
            access.record(new AuditEvent(
                    Optional.of(Principal.SERVICE),
                    "file.expire",
                    Optional.of(one.file().key().value()),
                    result,
                    one.expiry().detail()));
        }
    }
}
