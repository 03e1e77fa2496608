package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;

/**
 * The id that a store gave a multipart upload.
 *
 * @param value opaque, 1 to 1024 visible ASCII characters
 */
public record UploadId(String value) {

    private static final int MAX_LENGTH = 1024;

    /** @throws InvalidInput when the text can't be the id of an upload */
    public UploadId {
        boolean valid = !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (!valid) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "The upload_id is not valid; send the one that creating the upload returned");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
