package dev.stowage.core.port;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import java.util.OptionalLong;

/**
 * A journal of the multipart uploads that a store creates on its own to store or copy large objects. The owner of the journal aborts those
 * that a crash leaves open, by {@link MultipartStore#abort}. Safe for concurrent use.
 *
 * <p>It is for uploads only that {@link MultipartStore#listUploads} would list. A store that writes in another way, such as by blocks that
 * are committed at the end, or by temporary names, needs no entry: what a crash leaves is freed by the store itself, or by
 * {@link Maintenance#sweep}.
 */
public interface UploadJournal {

    /** Records nothing: uploads left by a crash stay until they are aborted as orphans. */
    UploadJournal NONE = (key, attributes, size) -> new Entry() {
        @Override
        public void begun(UploadId id) {
            // Not recorded.
        }

        @Override
        public void ended(boolean clean) {
            // Not recorded.
        }
    };

    /**
     * Records that an upload is about to be created; durable when this method returns.
     *
     * @param size of the whole object in bytes; empty when unknown
     * @throws dev.stowage.core.error.StorageException when it can't be recorded; the upload must not be created then
     */
    Entry open(ObjectKey key, ObjectAttributes attributes, OptionalLong size);

    /** The entry of one upload. */
    interface Entry {

        /**
         * Records the id that the store gave the upload; called before its first part is sent.
         *
         * @throws dev.stowage.core.error.StorageException when it can't be recorded; the upload must be aborted then
         */
        void begun(UploadId id);

        /**
         * Records the end of the upload; never fails. May be repeated with {@code clean} once the upload is known to be closed.
         *
         * @param clean whether the store has no open upload left: it was completed, aborted, or never created. If false or unknown, the
         *     upload is aborted in the background
         */
        void ended(boolean clean);
    }
}
