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

/**
 * Deletes files that have expired, by rules or by themselves. The record says only when to look at a file: the file and the current rules
 * decide. A file is forgotten
 * after it was deleted, so a crash in between makes the next attempt find no file.
 */
final class ExpireFiles {

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

    FileExpiry.Expired expire(List<DueFile> due, Instant now) {
        access.require();
        Batch batch = new Batch(now);
        List<CompletableFuture<Optional<ObjectInfo>>> readings = due.stream()
                .map(file -> CompletableFuture.supplyAsync(() -> store.stat(file.key()), readers))
                .toList();
        try {
            List<Optional<ObjectInfo>> files = new ArrayList<>();
            for (int i = 0; i < due.size(); i++) {
                files.add(batch.read(due.get(i), readings.get(i)));
            }
            // Read last, as the deletion must not follow rules that have been removed.
            LifecycleRules rules = records.rules();
            RuleWriters.Now rights = writers.now();
            for (int i = 0; i < due.size(); i++) {
                DueFile one = due.get(i);
                files.get(i).ifPresent(file -> batch.decide(one, file, rules, rights));
            }
            batch.delete();
        } finally {
            // Also of a batch that broke off, so that files that fail do not come first again.
            records.settle(batch.done, batch.postponed);
        }
        return new FileExpiry.Expired(due.size(), batch.deleted, batch.bytes, batch.failed);
    }

    private final class Batch {

        private final Instant now;
        private final Map<ObjectKey, Doomed> doomed = new LinkedHashMap<>();
        private final List<DueFile> done = new ArrayList<>();
        private final List<DueFile> postponed = new ArrayList<>();
        private final FailureBudget failures = new FailureBudget();
        private int deleted;
        private long bytes;
        private int failed;

        Batch(Instant now) {
            this.now = now;
        }

        /** Returns the file; empty when there is none, or it can't be read. */
        Optional<ObjectInfo> read(DueFile due, CompletableFuture<Optional<ObjectInfo>> reading) {
            try {
                Optional<ObjectInfo> file = reading.get();
                if (file.isEmpty()) {
                    done.add(due);
                }
                return file;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageUnavailable("Expiry was stopped", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StorageException failure) {
                    retry(due, failure);
                    return Optional.empty();
                }
                throw new IllegalStateException("The properties of a file could not be read", e.getCause());
            }
        }

        private void retry(DueFile due, StorageException failure) {
            failed++;
            postponed.add(due.postponed(now.plus(RETRY)));
            if (failure instanceof StorageUnavailable) {
                failures.note(failure);
            }
        }

        void decide(DueFile due, ObjectInfo file, LifecycleRules rules, RuleWriters.Now rights) {
            List<Expiry> expiries = new ArrayList<>();
            file.expiresAt().ifPresent(time -> expiries.add(new Expiry(time, Optional.empty())));
            rules.of(file.key())
                    .forEach(rule -> rule.dueAt(file).ifPresent(time -> {
                        boolean allowed = time.isAfter(now) || rights.allow(rule, file.key());
                        expiries.add(new Expiry(allowed ? time : now.plus(UNTIL_RIGHTS), Optional.of(rule)));
                    }));
            Optional<Expiry> first = expiries.stream().min(Comparator.comparing(Expiry::time));
            if (first.isEmpty()) {
                done.add(due);
            } else if (first.get().time().isAfter(now)) {
                postponed.add(due.postponed(first.get().time()));
            } else {
                doomed.put(file.key(), new Doomed(due, file, first.get()));
            }
        }

        void delete() {
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
                    done.add(one.due());
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
