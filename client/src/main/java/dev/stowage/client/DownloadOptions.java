package dev.stowage.client;

/**
 * How a file is downloaded.
 *
 * @param listener is told about the progress
 * @param store remembers unfinished downloads
 */
public record DownloadOptions(TransferListener listener, TransferStore store) {

    /** Not resumable by another call. */
    public static final DownloadOptions DEFAULT = new DownloadOptions(TransferListener.NONE, TransferStore.NONE);

    /** Returns the options with a listener. */
    public DownloadOptions withListener(TransferListener other) {
        return new DownloadOptions(other, store);
    }

    /** Returns the options with a memory of unfinished downloads. */
    public DownloadOptions resumedBy(TransferStore other) {
        return new DownloadOptions(listener, other);
    }
}
