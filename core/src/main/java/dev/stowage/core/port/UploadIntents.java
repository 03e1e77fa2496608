package dev.stowage.core.port;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.session.UploadIntent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The durable record of uploads about to begin. What {@link UploadSessions} says of concurrency, waits and errors holds here too. */
public interface UploadIntents {

    /** Notes that this process is about to begin an upload; {@link UploadSessions#add} ends that. */
    UploadIntent intend(ObjectKey key, Instant now);

    /** Forgets an intent of which nothing came. Again: does nothing. */
    void withdraw(UploadIntent intent);

    /** Notes that nobody knows what came of an intent. */
    void doubt(UploadIntent intent);

    /**
     * A page of all intents, by id.
     *
     * @param after the last one of the page before
     */
    List<UploadIntent> list(int max, Optional<UploadIntent> after);

    /** The intents for one key. */
    List<UploadIntent> of(ObjectKey key);
}
