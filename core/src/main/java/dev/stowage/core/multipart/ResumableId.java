package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a resumable upload, as used in its URL. It can't be guessed.
 *
 * @param value 32 hexadecimal digits
 */
public record ResumableId(String value) {

    private static final int TIME_DIGITS = 12;
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

    /**
     * Returns a new id that begins with the time, so that the rows of new uploads are next to each other in a database. The other 74 bits
     * are random, as in a UUID of version 7 (RFC 9562, section 5.7).
     */
    public static ResumableId next(Instant now) {
        String time = HexFormat.of().toHexDigits(now.toEpochMilli(), TIME_DIGITS);
        return new ResumableId(time + random().value().substring(TIME_DIGITS));
    }

    @Override
    public String toString() {
        return value;
    }
}
