package dev.stowage.worker.job;

/** What a manifest is written in. */
enum ManifestFormat {
    NDJSON,
    CSV,
    /** To be seen from its first byte. */
    UNKNOWN
}
