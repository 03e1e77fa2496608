package dev.stowage.core.usage;

import dev.stowage.core.key.ObjectKey;

/**
 * The intent to change an object, on record before the store is asked and until the object's size is.
 *
 * @param id unique
 * @param project whose object it is
 * @param allowed how large the object may become by this change without a word more, in bytes
 * @param version grows whenever somebody else begins or ends to change the same object
 */
public record UsageIntent(long id, ObjectKey key, String project, long allowed, long version) {

    /**
     * Whether nobody else was about to change the object when this was opened. Who is alone to the end knows what the store has from its
     * answer to him; anybody else has to look.
     */
    public boolean alone() {
        return version == 0;
    }

    /** The same with more room. */
    public UsageIntent allowing(long bytes) {
        return new UsageIntent(id, key, project, bytes, version);
    }

    /** The same as it stands now. */
    public UsageIntent at(long present) {
        return new UsageIntent(id, key, project, allowed, present);
    }

    /** The same for the project that the object belongs to now. */
    public UsageIntent in(String other) {
        return new UsageIntent(id, key, other, allowed, version);
    }
}
