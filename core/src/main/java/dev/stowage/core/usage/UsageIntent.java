package dev.stowage.core.usage;

import dev.stowage.core.key.ObjectKey;

/**
 * The intent to change an object, recorded from before the store is called until the object's size is recorded.
 *
 * @param id unique
 * @param project of the object
 * @param allowed the maximum size in bytes of the object that is reserved for this change
 * @param version grows whenever another change of the same object begins or ends
 */
public record UsageIntent(long id, ObjectKey key, String project, long allowed, long version) {

    /**
     * Whether no other change of the object was open when this one began. If none begins until it ends, the store's response gives the
     * object's size; otherwise the object has to be read.
     */
    public boolean alone() {
        return version == 0;
    }

    /** Returns the intent with a larger reservation. */
    public UsageIntent allowing(long bytes) {
        return new UsageIntent(id, key, project, bytes, version);
    }

    /** Returns the intent with its current version. */
    public UsageIntent at(long present) {
        return new UsageIntent(id, key, project, allowed, present);
    }

    /** Returns the intent for the current project of the object. */
    public UsageIntent in(String other) {
        return new UsageIntent(id, key, other, allowed, version);
    }
}
