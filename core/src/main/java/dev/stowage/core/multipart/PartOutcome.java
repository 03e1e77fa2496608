package dev.stowage.core.multipart;

/** The result of recording a part. */
public enum PartOutcome {
    /** The part was recorded. */
    RECORDED,
    /** A newer attempt at the part is recorded and kept. The store may hold the bytes of either attempt. */
    OUTDATED,
    /** The upload accepts no parts: it is being completed, has ended, or never existed. */
    CLOSED
}
