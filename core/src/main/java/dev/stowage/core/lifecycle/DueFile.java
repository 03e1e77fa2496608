package dev.stowage.core.lifecycle;

import dev.stowage.core.key.ObjectKey;
import java.time.Instant;

/**
 * The record that a file may be due. Whether it is, the file itself and the rules of that time decide.
 *
 * @param dueAt when to look at the file, to the millisecond
 * @param revision of the record: another one whenever the file was recorded again; 0 before it is recorded
 */
public record DueFile(ObjectKey key, Instant dueAt, long revision) {

    /** Returns what is to be recorded about a file. */
    public static DueFile at(ObjectKey key, Instant dueAt) {
        return new DueFile(key, Instant.ofEpochMilli(dueAt.toEpochMilli()), 0);
    }

    /** Returns the same record with another time. */
    public DueFile postponed(Instant time) {
        return new DueFile(key, Instant.ofEpochMilli(time.toEpochMilli()), revision);
    }
}
