package dev.stowage.core.multipart;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A position in a listing of sessions, which is ordered by the UTF-8 bytes of the keys, and by id for the same key. */
public record SessionPosition(ObjectKey key, UploadId id) {

    /** Returns the position as a continuation token. Neither keys nor ids contain line breaks. */
    public String token() {
        byte[] text = (key.value() + "\n" + id.value()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** @throws InvalidInput when the text is not a token that {@link #token} returned */
    public static SessionPosition parse(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            if (end > 0) {
                return new SessionPosition(
                        new ObjectKey(text.substring(0, end)), new UploadId(text.substring(end + 1)));
            }
        } catch (IllegalArgumentException | StorageException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static InvalidInput invalid() {
        return InvalidInput.ofField(
                "continuation_token", "The continuation_token is not valid for this listing; start again without it");
    }
}
