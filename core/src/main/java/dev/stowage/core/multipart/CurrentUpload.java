package dev.stowage.core.multipart;

/**
 * A resumable upload as it is on record at one moment.
 *
 * @param newest the newest fencing token; its number is 0 when none was issued, so that nothing but the creation is on record
 */
public record CurrentUpload(UploadSession session, FencingToken newest) {

    /** Whether no request has changed the upload since its creation. */
    public boolean isUntouched() {
        return newest.number() == 0;
    }
}
