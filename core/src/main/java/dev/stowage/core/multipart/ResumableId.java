package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of an upload that goes on at a byte, as it stands in the upload's URL. Nobody can guess one.
 *
 * @param value 32 hexadecimal digits
 */
public record ResumableId(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{32}");

    /** @throws InvalidInput when no upload has such a name */
    public ResumableId {
        if (!SYNTAX.matcher(value).matches()) {
            throw new InvalidInput(ErrorCode.UPLOAD_NOT_FOUND, "No such upload. Create a new one.");
        }
    }

    /** One that no other upload has. */
    public static ResumableId random() {
        return new ResumableId(UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
