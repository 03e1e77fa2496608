package dev.stowage.client;

/**
 * A file that was downloaded completely.
 *
 * @param size in bytes
 * @param etag without quotes
 * @param verified whether its bytes were compared with the SHA-256 digest that was recorded when the file was uploaded; false when there
 *     is none, as for files of other clients
 */
public record DownloadedFile(String key, long size, String etag, boolean verified) {}
