package dev.stowage.core.port;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadIntent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The durable record of uploads about to begin. What {@link UploadSessions} says of concurrency, waits and errors holds here too. */
public interface UploadIntents {

    /** Notes that this process is about to begin an upload of its own; {@link UploadSessions#add} ends that. */
    UploadIntent intend(ObjectKey key, Instant now);

    /**
     * The same for an upload that a client goes on with. It counts among the owner's open uploads from now on: those of clients that are
     * open or completing, with the intents to begin one. The limit holds for calls at the same time, too.
     *
     * @param owner the principal who begins it; all without an id count as one
     * @param max the most open uploads of one owner
     * @throws TooManyOpen when the owner has as many; nothing is noted
     */
    UploadIntent intend(ObjectKey key, Optional<String> owner, int max, Instant now);

    /** Forgets an intent of which nothing came. Again: does nothing. */
    void withdraw(UploadIntent intent);

    /** Notes that nobody knows what came of an intent. */
    void markUncertain(UploadIntent intent);

    /**
     * A page of all intents, by id.
     *
     * @param after the last one of the page before
     */
    List<UploadIntent> list(int max, Optional<UploadIntent> after);

    /** The intents for one key. */
    List<UploadIntent> of(ObjectKey key);
}
