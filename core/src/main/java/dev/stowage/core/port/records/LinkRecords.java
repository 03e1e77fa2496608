package dev.stowage.core.port.records;

import dev.stowage.core.access.Link;
import dev.stowage.core.access.StoredLink;
import dev.stowage.core.port.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The durable record of links. A change survives a crash once its method has returned. Safe for concurrent use, also by several processes.
 * Every method may throw {@link dev.stowage.core.error.StorageUnavailable}; every wait is bounded.
 */
public interface LinkRecords {

    /** The number of wrong passwords after which a link takes none for the rest of {@link #ATTEMPT_WINDOW}. */
    int MAX_FAILURES = 10;

    /** The time in which wrong passwords are counted together; it begins with the first. */
    Duration ATTEMPT_WINDOW = Duration.ofMinutes(15);

    /**
     * A continuation must begin at most so many bytes before the end of what was sent: the bytes that can be lost on their way to the client.
     */
    long MAX_LOST = 16L << 20;

    /** The maximum number of interrupted downloads of one link that can be continued at the same time. */
    int MAX_INTERRUPTED = 1000;

    /**
     * Adds a new link.
     *
     * @param max the maximum number of links of one owner, ended ones included until they are pruned
     * @throws dev.stowage.core.error.TooManyOpen when the owner has so many
     * @throws dev.stowage.core.error.StorageFull when there is no room
     */
    void add(StoredLink link, int max);

    /** Returns a link by its id; empty when there is none. */
    Optional<Link> find(String id);

    /** Returns a link by the digest of its token; empty when there is none. */
    Optional<StoredLink> findByDigest(String digest);

    /**
     * Returns a page of links, newest first.
     *
     * @param owner only those of this owner; empty for all
     * @param prefix only those to keys and prefixes that begin with it
     * @param after the id of the last link of the previous page
     * @throws dev.stowage.core.error.InvalidInput when there is no link with the id {@code after}
     */
    Page<Link, String> list(Optional<Optional<String>> owner, String prefix, int limit, Optional<String> after);

    /**
     * Counts a use, unless the link has ended. Exact under concurrency: of all calls by all processes, as many return true as the link
     * permits uses.
     *
     * @return whether it was counted
     */
    boolean use(String id, Instant now);

    /** Takes back one counted use. Does nothing when there is no such link. */
    void giveBack(String id);

    /** Ends a link. A link that is already revoked keeps its time of revocation. Does nothing when there is no such link. */
    void revoke(String id, Instant now);

    /**
     * Counts a wrong password before the password is compared; {@link #passed} takes a right one back.
     *
     * @return empty when the password may be compared; otherwise the end of the time in which none is
     */
    Optional<Instant> attempt(String id, Instant now);

    /** Takes back one attempt, whose password was right. */
    void passed(String id);

    /**
     * Records that a counted download ended early, so that it can be continued once. Does nothing when there is no such link, or
     * {@link #MAX_INTERRUPTED} are recorded.
     *
     * @param file identifies what was downloaded by the link
     * @param reached the number of its bytes, from the first, that were sent
     * @param until when it can't be continued any more
     */
    void interrupted(String id, String file, long reached, Instant until);

    /** Whether any download of the link can be continued. */
    boolean isInterrupted(String id, Instant now);

    /**
     * Continues an interrupted download. Exact under concurrency: each can be continued once.
     *
     * @param offset the first byte that is asked for: at most where the download ended, and at most {@link #MAX_LOST} before that
     * @return whether there is such a download
     */
    boolean resume(String id, String file, long offset, Instant now);

    /**
     * Deletes links that ended before a time, and interrupted downloads that can't be continued any more; a limited number of rows.
     *
     * @return whether there may be more
     */
    boolean prune(Instant endedBefore, Instant now);
}
