package dev.stowage.core.usage;

/**
 * What a project holds.
 *
 * @param bytes of its objects
 * @param files how many objects
 * @param reserved what writes under way may add, in bytes
 */
public record ProjectTotals(String project, long bytes, long files, long reserved) {

    /** What is taken of a quota: what is stored, and what may be soon, in bytes. */
    public long used() {
        return bytes + reserved;
    }
}
