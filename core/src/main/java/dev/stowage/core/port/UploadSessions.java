package dev.stowage.core.port;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartOutcome;
import dev.stowage.core.multipart.SessionPage;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UnconfirmedPart;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable record of multipart uploads. What a method has returned from survives a crash.
 *
 * <p>Implementations are safe for concurrent use, by several processes too; changes of state are decided by compare-and-set. Every
 * method may throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is
 * bounded.
 */
public interface UploadSessions {

    /**
     * Asks and changes nothing, to see that both can be done.
     *
     * @throws dev.stowage.core.error.StorageException when they can't
     */
    void check();

    /** The uploads about to begin. */
    UploadIntents intents();

    /** The uploads that go on at a byte. */
    ResumableSessions resumable();

    /** Notes an upload that is new, and ends its intent; adding one whose id is known changes nothing. */
    void add(UploadSession session, UploadIntent intent);

    /** What is known of an upload; empty when it was never begun under this key, or was pruned. */
    Optional<UploadSession> find(ObjectKey key, UploadId id);

    /**
     * Changes the state from one version to the next. Of several attempts from the same version, one succeeds. When the upload has ended, the
     * bytes that were kept for its next part are forgotten.
     *
     * @return whether this one did
     */
    boolean change(UploadSession from, UploadSession to);

    /**
     * Begins an attempt at a part; called before the store is asked, so that attempts have an order whichever process they run in.
     *
     * @return empty when the upload is not open
     */
    Optional<PartFencingToken> beginPart(UploadId id, PartNumber number);

    /** Whether no newer attempt at the part is under way or noted. */
    boolean isNewest(PartFencingToken turn);

    /**
     * Notes the part that an attempt has stored, over what older ones stored, and the activity.
     *
     * @param part with the number of {@code turn}
     */
    PartOutcome putPart(PartFencingToken turn, PartInfo part, Instant now);

    /** Ends an attempt that certainly stored nothing. Again: does nothing. */
    void endPart(PartFencingToken turn);

    /** Parts of which the store may hold the bytes of an older attempt than the newest that was noted; usually none. */
    List<UnconfirmedPart> unconfirmedParts(UploadId id);

    /**
     * Makes the parts known exactly these, as the store has them; the latest of them counts as activity. Does nothing when the upload
     * is not open.
     */
    void replaceParts(UploadId id, List<PartInfo> parts);

    /** Forgets an upload that stands in the store no longer, whatever its state. Again: does nothing. */
    void remove(UploadId id);

    /** How many parts are known of a session, and how large they are together with the bytes that are kept for the next one. */
    UploadProgress progress(UploadSession session);

    /**
     * A page of the clients' uploads that are open or completing, without those that make no file.
     *
     * @param owner whose they are; empty for everybody's
     * @param max 1 to 1000
     */
    SessionPage list(Optional<String> owner, KeyPrefix prefix, int max, Optional<SessionPosition> after);

    /** Uploads with a step under way that began before {@code before}, by id. */
    List<UploadSession> unfinished(Instant before, int max, Optional<UploadId> after);

    /** Open uploads that processes send by themselves, by id. */
    List<UploadSession> ofProcesses(int max, Optional<UploadId> after);

    /**
     * Clients' open uploads without activity since {@code before}, by the time of their last activity and by id.
     *
     * @param after the last one of the page before, as it was on that page
     */
    List<UploadSession> idle(Instant before, int max, Optional<UploadSession> after);

    /**
     * Forgets uploads that ended before {@code before}.
     *
     * @param max how many at most; a caller goes on until fewer were forgotten
     * @return how many
     */
    int prune(Instant before, int max);
}
