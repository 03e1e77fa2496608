package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id that a store gave a multipart upload.
 *
 * @param value opaque, 1 to 1024 visible ASCII characters
 */
public record UploadId(String value) {

    private static final int MAX_LENGTH = 1024;

    /** The ids that {@link #next} makes: milliseconds since 1970, and a random part. */
    private static final Pattern NEXT = Pattern.compile("([0-9a-f]{12})-[0-9a-f]{32}");

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

    /** Returns a new id, for a store that does not name its uploads. It sorts after those of all earlier milliseconds. */
    public static UploadId next(Instant now) {
        String random = UUID.randomUUID().toString().replace("-", "");
        return new UploadId("%012x-%s".formatted(now.toEpochMilli(), random));
    }

    /** Returns when {@link #next} made the id with this text, to the millisecond; empty for any other text. */
    public static Optional<Instant> created(String text) {
        Matcher id = NEXT.matcher(text);
        return id.matches() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(id.group(1), 16))) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
