package dev.stowage.worker.job;

/** Whether the first record of a CSV file is a header (RFC 4180, section 3). */
enum CsvHeader {
    PRESENT,
    ABSENT,
    /** A header when it has a cell {@code key}. */
    UNKNOWN
}
