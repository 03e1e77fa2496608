package dev.stowage.core.port;

import dev.stowage.core.error.QuotaExceeded;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.usage.CountedObject;
import dev.stowage.core.usage.ProjectTotals;
import dev.stowage.core.usage.Quota;
import dev.stowage.core.usage.UsageIntent;
import dev.stowage.core.usage.UsageResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The durable record of how much projects hold: the size of each of their objects, and the totals, which change in the same step. What
 * a method has returned from survives a crash.
 *
 * <p>Whoever changes an object opens an intent before and settles it after. Intents that a crash leaves open tell which objects are to be
 * looked at. Several may change one object at once: each beginning and each end moves the versions of the others' intents, and
 * the last one's result counts only if it was found out after the last move. So once no intent is open for an object, its size is the true
 * one.
 *
 * <p>Implementations are safe for concurrent use, by several processes too. Every method may throw
 * {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded, and no call but
 * {@link #list} takes longer with the number of objects.
 */
public interface ProjectUsage {

    /** The most objects of a page, and of what is handed over at once. */
    int MAX_AT_ONCE = 1000;

    /**
     * Opens an intent of this process to make an object of up to {@code size} bytes, and reserves what it adds to the size counted. Of
     * parallel calls no more succeed than there is room for.
     *
     * @throws QuotaExceeded when that is more than is left; never when it adds nothing
     */
    UsageIntent reserve(ObjectKey key, Quota quota, long size);

    /**
     * Reserves more for an intent: {@code bytes}, or as many as are left.
     *
     * @param bytes at least 1
     * @return the intent, allowing that
     * @throws QuotaExceeded when nothing is left
     * @throws dev.stowage.core.error.StorageUnavailable when others have settled the intent, as this process seemed to have ended
     */
    UsageIntent extend(UsageIntent intent, Quota quota, long bytes);

    /**
     * Opens intents to change objects that reserve nothing.
     *
     * @param projects the objects' projects, 1 to {@link #MAX_AT_ONCE}
     * @param due when somebody is to look at them; empty when this process will settle them
     */
    List<UsageIntent> intend(Map<ObjectKey, String> projects, Optional<Instant> due);

    /**
     * Ends intents, and counts their objects with the sizes they have. Where others are about to change an object too, its size is not
     * counted as less than they rely on.
     *
     * <p>Not ended are those whose object others had a hand in since the intent got its version, and nobody is at it any more: somebody
     * has to look at it again. An intent that somebody else has ended meanwhile is opened again, to the same end.
     *
     * @param results up to {@link #MAX_AT_ONCE}, each of another object
     * @return those not ended, with their present versions
     */
    List<UsageIntent> settle(List<UsageResult> results);

    /**
     * Leaves intents whose outcome is not known to whoever looks at {@code due} or later; they reserve nothing any more. Those that have
     * ended stay so.
     *
     * @param intents up to {@link #MAX_AT_ONCE}
     */
    void markUncertain(List<UsageIntent> intents, Instant due);

    /**
     * Intents that nobody will settle unless the caller does, by id: those of processes that are not alive, and those that are due.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after the id of the last one of the page before; 0 for the first page
     */
    List<UsageIntent> abandoned(int max, long after, Instant now);

    /** What a project holds; nothing, when it is not known. */
    ProjectTotals totals(String project);

    /**
     * A page of the projects that hold anything, by name.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after the name of the last one of the page before; empty for the first page
     */
    List<ProjectTotals> list(int max, Optional<String> after);

    /** The size that is counted for an object; empty when none is. */
    OptionalLong size(ObjectKey key);

    /**
     * A page of the objects that are counted, by key.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after only those after this key; empty for all from the first
     * @param upTo only those up to this key, itself included; empty for all to the last
     */
    List<CountedObject> objects(int max, Optional<ObjectKey> after, Optional<ObjectKey> upTo);

    /** Whether all that the store has was counted under a layout, and every change since. */
    boolean isComplete(String layout);

    /** Notes that all was counted under a layout. */
    void complete(String layout);

    /** Notes that changes go uncounted from now on. Again: does nothing. */
    void incomplete();
}
