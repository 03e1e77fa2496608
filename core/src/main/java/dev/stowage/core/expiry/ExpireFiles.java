package dev.stowage.core.expiry;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.FailureBudget;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Deletes files that have expired, by rules or by themselves. The record says only when to look at a file: the file and the current rules
 * decide. A file is forgotten after it was deleted, so a crash in between makes the next attempt find no file.
 */
final class ExpireFiles {

    /** Files that are deleted by one call of the store. */
    private static final int BATCH = 1000;

    /** When a file that could not be deleted is tried again. */
    private static final Duration RETRY = Duration.ofHours(1);

    /** When to look again at a file whose rule was written by somebody without the right to delete it. */
    private static final Duration UNTIL_RIGHTS = Duration.ofDays(1);

    private final ObjectStore store;
    private final ExpiryRecords records;
    private final RuleWriters writers;
    private final AccessPolicy access;
    private final Executor readers;

    ExpireFiles(ObjectStore store, ExpiryRecords records, RuleWriters writers, AccessPolicy access, Executor readers) {
        this.store = store;
        this.records = records;
        this.writers = writers;
        this.access = access;
        this.readers = readers;
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
     * Looks at files and deletes those that have expired, a batch at a time. Meanwhile, the store is asked for the properties of the next
     * batches, so that it does both at once.
     */
    void expire(List<DueFile> due, Instant now, Consumer<FileExpiry.Expired> done) {
        access.require();
        Looked looked = new Looked(new ArrayList<>(), new ArrayList<>());
        List<Reading> readings = due.stream().map(this::read).toList();
        try {
            for (int from = 0; from < readings.size(); from += BATCH) {
                List<Reading> some = readings.subList(from, Math.min(readings.size(), from + BATCH));
                Batch batch = new Batch(now, looked);
                batch.expire(some);
                done.accept(new FileExpiry.Expired(some.size(), batch.deleted, batch.bytes, batch.failed));
            }
        } finally {
            // Of later batches, when one broke off.
            readings.forEach(reading -> reading.file().cancel(false));
            // Also then, so that files that fail do not come first again.
            records.settle(looked.done(), looked.postponed());
        }
    }

    /** A file whose properties the store is asked for. */
    private record Reading(DueFile due, CompletableFuture<Optional<ObjectInfo>> file) {}

    private Reading read(DueFile due) {
        return new Reading(due, CompletableFuture.supplyAsync(() -> store.stat(due.key()), readers));
    }

    /** The files that were looked at: to be forgotten, and to be looked at again later. */
    private record Looked(List<DueFile> done, List<DueFile> postponed) {}

    private final class Batch {

        private final Instant now;
        private final Looked looked;
        private final Map<ObjectKey, Doomed> doomed = new LinkedHashMap<>();
        private final FailureBudget failures = new FailureBudget();
        private int deleted;
        private long bytes;
        private int failed;

        Batch(Instant now, Looked looked) {
            this.now = now;
            this.looked = looked;
        }

        void expire(List<Reading> readings) {
            List<Optional<ObjectInfo>> files = new ArrayList<>();
            for (Reading reading : readings) {
                files.add(await(reading));
            }
            // Read last, as the deletion must not follow rules that have been removed.
            LifecycleRules rules = records.rules();
            RuleWriters.Now rights = writers.now();
            for (int i = 0; i < readings.size(); i++) {
                DueFile due = readings.get(i).due();
                files.get(i).ifPresent(file -> decide(due, file, rules, rights));
            }
            delete();
        }

        /** Returns the file; empty when there is none, or it can't be read. */
        private Optional<ObjectInfo> await(Reading reading) {
            try {
                Optional<ObjectInfo> file = reading.file().get();
                if (file.isEmpty()) {
                    looked.done().add(reading.due());
                }
                return file;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageUnavailable("Expiry was stopped", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StorageException failure) {
                    retry(reading.due(), failure);
                    return Optional.empty();
                }
                throw new IllegalStateException("The properties of a file could not be read", e.getCause());
            }
        }

        private void retry(DueFile due, StorageException failure) {
            failed++;
            looked.postponed().add(due.postponed(now.plus(RETRY)));
            if (failure instanceof StorageUnavailable) {
                failures.note(failure);
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
                looked.done().add(due);
            } else if (first.get().time().isAfter(now)) {
                looked.postponed().add(due.postponed(first.get().time()));
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
                    looked.done().add(one.due());
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
