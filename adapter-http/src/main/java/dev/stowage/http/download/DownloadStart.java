package dev.stowage.http.download;

/** Decides, when the bytes of a file or an archive are about to be sent, whether they may be. */
@FunctionalInterface
public interface DownloadStart {

    /** Permits every download. */
    DownloadStart FREE = offset -> {};

    /**
     * Called once for each response with content, when its header section is set and before its first byte is sent. An exception becomes
     * the response. Not called for {@code HEAD}, a {@code 304} or a failure.
     *
     * @param offset the first byte of the only range; 0 for several ranges
     */
    void begin(long offset);
}
