package dev.stowage.core.port.records;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The durable record of the storage that projects use: the size of each object and the totals, which change in the same transaction. A
 * change survives a crash once its method has returned.
 *
 * <p>A change of an object is recorded as an intent before it begins, and settled afterwards. The intents that a crash leaves open identify
 * the objects whose size has to be checked. Several intents may be open for one object: each start and each end changes the versions of the
 * others, and a result counts only if it was measured after the last such change. Once no intent is open for an object, its recorded size
 * is therefore correct.
 *
 * <p>Implementations are safe for concurrent use, also by several processes. Every method may throw
 * {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded. Only the time of
 * {@link #list} grows with the number of objects.
 */
public interface ProjectUsage {

    /** The maximum number of objects in a page, and in one call. */
    int MAX_AT_ONCE = 1000;

    /**
     * Opens an intent of this process to write an object of up to {@code size} bytes, and reserves what this adds to the counted size.
     * Concurrent calls never reserve more than the quota together.
     *
     * @throws QuotaExceeded when it adds more than the quota has left; never when it adds nothing
     */
    Intent reserve(ObjectKey key, Quota quota, long size);

    /**
     * Increases the reservation of an intent by {@code bytes}, or by what is left if that is less.
     *
     * @param bytes at least 1
     * @return the intent with its new reservation
     * @throws QuotaExceeded when nothing is left
     * @throws dev.stowage.core.error.StorageUnavailable when another process settled the intent because this process seemed to have ended
     */
    Intent extend(Intent intent, Quota quota, long bytes);

    /**
     * Opens intents to change objects, without a reservation.
     *
     * @param projects the projects by object, 1 to {@link #MAX_AT_ONCE}
     * @param due when to settle the intents in the background; empty when this process will settle them
     */
    List<Intent> intend(Map<ObjectKey, String> projects, Optional<Instant> due);

    /**
     * Ends intents and records the sizes of their objects. While other intents for an object are open, its recorded size does not fall
     * below what they rely on.
     *
     * <p>An intent stays open when another change of its object began or ended after the intent got its version, and no change is running
     * any more: the size has to be measured again. An intent that another process has ended meanwhile is reopened for the same purpose.
     *
     * @param results up to {@link #MAX_AT_ONCE}, each for a different object
     * @return the intents that are still open, with their current versions
     */
    List<Intent> settle(List<Result> results);

    /**
     * Leaves intents with an unknown outcome to be settled in the background at {@code due} or later, and drops their reservations. Ignores
     * intents that have ended.
     *
     * @param intents up to {@link #MAX_AT_ONCE}
     */
    void markUncertain(List<Intent> intents, Instant due);

    /**
     * Returns intents that only the caller will settle, by id: those of processes that are no longer alive, and those that are due.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after the id of the last intent of the previous page; 0 for the first page
     */
    List<Intent> abandoned(int max, long after, Instant now);

    /** Returns the totals of a project; zero for an unknown project. */
    Totals totals(String project);

    /**
     * Returns a page of the projects that use storage, by name.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after the name of the last project of the previous page; empty for the first page
     */
    List<Totals> list(int max, Optional<String> after);

    /** Returns the counted size of an object, or empty when it is not counted. */
    OptionalLong size(ObjectKey key);

    /**
     * Returns a page of the counted objects, by key.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after only keys after this one; empty to start with the first
     * @param upTo only keys up to and including this one; empty for no bound
     */
    List<CountedObject> objects(int max, Optional<ObjectKey> after, Optional<ObjectKey> upTo);

    /** Whether all objects of the store were counted under a layout, and every change since then. */
    boolean isComplete(String layout);

    /** Records that all objects were counted under a layout. */
    void complete(String layout);

    /** Records that changes are no longer counted from now on. Idempotent. */
    void incomplete();

    /**
     * The intent to change an object, recorded from before the store is called until the object's size is recorded.
     *
     * @param id unique
     * @param project of the object
     * @param allowed the maximum size in bytes of the object that is reserved for this change
     * @param version grows whenever another change of the same object begins or ends
     */
    record Intent(long id, ObjectKey key, String project, long allowed, long version) {

        /**
         * Whether no other change of the object was open when this one began. If none begins until it ends, the store's response gives the
         * object's size; otherwise the object has to be read.
         */
        public boolean alone() {
            return version == 0;
        }

        /** Returns the intent with a larger reservation. */
        public Intent allowing(long bytes) {
            return new Intent(id, key, project, bytes, version);
        }

        /** Returns the intent with its current version. */
        public Intent at(long present) {
            return new Intent(id, key, project, allowed, present);
        }

        /** Returns the intent for the current project of the object. */
        public Intent in(String other) {
            return new Intent(id, key, other, allowed, version);
        }
    }

    /**
     * The result of a change of an object.
     *
     * @param size the object's size in bytes; empty when there is no object, or it counts for no project
     */
    record Result(ProjectUsage.Intent intent, OptionalLong size) {}

    /**
     * The storage used by a project.
     *
     * @param bytes the total size of its objects
     * @param files the number of its objects
     * @param reserved the bytes that running writes may add
     */
    record Totals(String project, long bytes, long files, long reserved) {

        /** Returns the used part of a quota in bytes: stored and reserved. */
        public long used() {
            return bytes + reserved;
        }
    }

    /**
     * An object as counted for its project.
     *
     * @param size in bytes
     */
    record CountedObject(ObjectKey key, String project, long size) {}
}
