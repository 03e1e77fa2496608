package dev.stowage.worker.job;

/** The format of a manifest. */
enum ManifestFormat {
    NDJSON,
    CSV,
    /** Detected by its first byte. */
    UNKNOWN
}
