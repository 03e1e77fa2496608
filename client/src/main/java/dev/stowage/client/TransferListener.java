package dev.stowage.client;

/** Is told how far a transfer is. Called by the thread of the transfer; an exception ends the transfer. */
@FunctionalInterface
public interface TransferListener {

    /** A listener that does nothing. */
    TransferListener NONE = (done, total) -> {};

    /**
     * Tells how many bytes of the file are transferred. The number can decrease, when bytes have to be sent again.
     *
     * @param done the number of bytes that have arrived, including those of earlier attempts
     * @param total the size of the file; -1 while it is unknown
     */
    void transferred(long done, long total);
}
