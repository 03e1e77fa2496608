package dev.stowage.core.port;

/**
 * How large a backup is.
 *
 * @param files how many files of users' bytes are in it
 * @param bytes how many bytes these have
 */
public record BackupSize(long files, long bytes) {}
