package dev.stowage.core.port;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import java.util.OptionalLong;

/**
 * Where a store notes the multipart uploads that it begins by itself, to store or copy what is large. What a crash leaves of them is
 * freed soon after, by whoever keeps the journal. Safe for concurrent use.
 */
public interface UploadJournal {

    /** Keeps nothing: what a crash leaves stays until it is swept as an orphan. */
    UploadJournal NONE = (key, attributes, size) -> new Entry() {
        @Override
        public void begun(UploadId id) {
            // Not kept.
        }

        @Override
        public void ended(boolean clean) {
            // Not kept.
        }
    };

    /**
     * Notes that an upload is about to begin, durably when this returns.
     *
     * @param size of the whole, in bytes; empty when it is not known
     * @throws dev.stowage.core.error.StorageException when it can't be noted; the upload must not begin then
     */
    Entry open(ObjectKey key, ObjectAttributes attributes, OptionalLong size);

    /** One upload. */
    interface Entry {

        /**
         * Notes the name that the store gave the upload, before its first part.
         *
         * @throws dev.stowage.core.error.StorageException when it can't be noted; the upload is to be aborted then
         */
        void begun(UploadId id);

        /**
         * Notes the end; never fails. Again: may say that it is clean after all.
         *
         * @param clean whether nothing stands open in the store: it was completed or aborted, or never began. When not, or when nobody
         *     knows, what is left is freed in the background
         */
        void ended(boolean clean);
    }
}
