package dev.stowage.core.usage;

/**
 * The storage used by a project.
 *
 * @param bytes the total size of its objects
 * @param files the number of its objects
 * @param reserved the bytes that running writes may add
 */
public record ProjectTotals(String project, long bytes, long files, long reserved) {

    /** Returns the used part of a quota in bytes: stored and reserved. */
    public long used() {
        return bytes + reserved;
    }
}
