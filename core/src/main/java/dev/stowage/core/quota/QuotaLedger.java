package dev.stowage.core.quota;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Records an intent around every change of the store. Safe for concurrent use. */
final class QuotaLedger {

    private final ProjectUsage usage;
    private final Settlement settlement;

    QuotaLedger(ProjectUsage usage, Settlement settlement) {
        this.usage = usage;
        this.settlement = settlement;
    }

    /**
     * Writes an object.
     *
     * @param size the maximum size in bytes that is known in advance
     * @param write writes the object; the reservation can be extended
     * @param written returns the size of the written object in bytes
     * @throws QuotaExceeded when the quota is exceeded; {@code write} is not called
     */
    <T> T write(ObjectKey key, Quota quota, long size, Function<QuotaReservation, T> write, ToLongFunction<T> written) {
        settlement.catchUp();
        ProjectUsage.Intent intent = usage.reserve(key, quota, size);
        return write(intent, () -> write.apply(new QuotaReservation(usage, quota, intent)), written);
    }

    /**
     * Copies an object to another key of its project, as the first half of a move. Since the source is deleted afterwards, the project may
     * exceed its quota by what the source counts until then. The excess is never more than one object, however many moves run at once: each
     * has to fit into the quota and what its own source counts. If the source is not deleted after all, the project stays over its quota.
     *
     * @param size of the source in bytes
     * @throws QuotaExceeded when the quota is exceeded already; {@code copy} is not called
     */
    ObjectInfo move(ObjectKey source, ObjectKey target, Quota quota, long size, Supplier<ObjectInfo> copy) {
        settlement.catchUp();
        return write(reserveForMove(source, target, quota, size), copy, ObjectInfo::size);
    }

    private ProjectUsage.Intent reserveForMove(ObjectKey source, ObjectKey target, Quota quota, long size) {
        try {
            return usage.reserve(target, quota, size);
        } catch (QuotaExceeded full) {
            long freed = usage.size(source).orElse(0);
            long limit = quota.limit().orElseThrow() + freed;
            try {
                return usage.reserve(target, new Quota(quota.project(), OptionalLong.of(limit)), size);
            } catch (QuotaExceeded e) {
                full.addSuppressed(e);
                throw full;
            }
        }
    }

    private <T> T write(ProjectUsage.Intent intent, Supplier<T> write, ToLongFunction<T> written) {
        T stored = attempt(List.of(intent), write);
        settlement.settle(List.of(new ProjectUsage.Result(intent, OptionalLong.of(written.applyAsLong(stored)))));
        return stored;
    }

    /**
     * Concatenates objects, unless the store declines.
     *
     * @param size the total size of the sources in bytes
     * @param concatenation concatenates them; empty when the store did nothing
     * @throws QuotaExceeded when the quota is exceeded; {@code concatenation} is not called
     */
    Optional<ObjectInfo> concatenate(
            ObjectKey key, Quota quota, long size, Supplier<Optional<ObjectInfo>> concatenation) {
        settlement.catchUp();
        List<ProjectUsage.Intent> intents = List.of(usage.reserve(key, quota, size));
        Optional<ObjectInfo> joined = attempt(intents, concatenation);
        joined.ifPresentOrElse(
                made -> settlement.settle(
                        List.of(new ProjectUsage.Result(intents.get(0), OptionalLong.of(made.size())))),
                () -> settlement.readAndSettle(intents));
        return joined;
    }

    /**
     * Deletes objects.
     *
     * @param projects of those keys that belong to one
     * @param delete returns a result for each key, including those without a project
     */
    List<DeleteResult> delete(Map<ObjectKey, String> projects, Supplier<List<DeleteResult>> delete) {
        settlement.catchUp();
        List<ProjectUsage.Intent> intents = usage.intend(projects, Optional.empty());
        List<DeleteResult> results = attempt(intents, delete);
        Map<ObjectKey, DeleteResult> byKey =
                results.stream().collect(Collectors.toMap(DeleteResult::key, Function.identity()));
        List<ProjectUsage.Result> gone = new ArrayList<>();
        List<ProjectUsage.Intent> there = new ArrayList<>();
        List<ProjectUsage.Intent> unknown = new ArrayList<>();
        for (ProjectUsage.Intent intent : intents) {
            if (!(byKey.get(intent.key()) instanceof DeleteResult.Failed failed)) {
                gone.add(new ProjectUsage.Result(intent, OptionalLong.empty()));
            } else {
                (failed.reason() instanceof StorageUnavailable ? unknown : there).add(intent);
            }
        }
        settlement.settle(gone);
        settlement.readAndSettle(there);
        settlement.markUncertain(unknown);
        return results;
    }

    private <T> T attempt(List<ProjectUsage.Intent> intents, Supplier<T> change) {
        boolean decided = false;
        try {
            T result = change.get();
            decided = true;
            return result;
        } catch (StorageUnavailable e) {
            throw e;
        } catch (StorageException e) {
            decided = true;
            settlement.readAndSettle(intents);
            throw e;
        } finally {
            if (!decided) {
                settlement.markUncertain(intents);
            }
        }
    }
}
