package dev.stowage.core.port;

/**
 * The size of a backup.
 *
 * @param files the number of data files
 * @param bytes the total size of these files
 */
public record BackupSize(long files, long bytes) {}
