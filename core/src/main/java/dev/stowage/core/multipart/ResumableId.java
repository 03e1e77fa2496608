package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a resumable upload, as used in its URL. It can't be guessed.
 *
 * @param value 32 hexadecimal digits
 */
public record ResumableId(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{32}");

    /** @throws InvalidInput when the text can't be the id of an upload */
    public ResumableId {
        if (!SYNTAX.matcher(value).matches()) {
            throw new InvalidInput(ErrorCode.UPLOAD_NOT_FOUND, "No such upload. Create a new one.");
        }
    }

    /** Returns a new id. */
    public static ResumableId random() {
        return new ResumableId(UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
