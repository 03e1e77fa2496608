package dev.stowage.core.port.records;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadIntent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable record of uploads about to be created. The rules of {@link UploadSessions} for concurrency, waits and errors apply here, too.
 */
public interface UploadIntents {

    /** Records that this process is about to create an upload of its own. {@link UploadSessions#add} ends the intent. */
    UploadIntent intend(ObjectKey key, Instant now);

    /**
     * Records that an upload of a client is about to be created. The owner's open uploads are its intents and its uploads that are open or
     * completing. The limit also holds across concurrent calls.
     *
     * @param owner the principal who creates it; all without an id count as one owner
     * @param max the maximum number of open uploads of one owner
     * @throws TooManyOpen when the owner has reached the limit; nothing is recorded
     */
    UploadIntent intend(ObjectKey key, Optional<String> owner, int max, Instant now);

    /** Deletes an intent that created no upload. Idempotent. */
    void withdraw(UploadIntent intent);

    /** Records that the outcome of an intent is unknown. */
    void markUncertain(UploadIntent intent);

    /**
     * Returns a page of all intents, by id.
     *
     * @param after the last intent of the previous page
     */
    List<UploadIntent> list(int max, Optional<UploadIntent> after);

    /** Returns the intents for a key. */
    List<UploadIntent> of(ObjectKey key);
}
