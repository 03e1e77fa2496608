package dev.stowage.core.multipart;

/** What became of noting a part. */
public enum PartOutcome {
    /** It is on record. */
    NOTED,
    /** A newer attempt at the part is on record, and stays. The store may hold the bytes of either. */
    OUTDATED,
    /** The upload takes no parts: it is being completed, or has ended, or never was. */
    CLOSED
}
