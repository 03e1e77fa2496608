package dev.stowage.core.port.records;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadIntent;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The durable record of multipart uploads. A change survives a crash once its method has returned.
 *
 * <p>Implementations are safe for concurrent use, also by several processes; state changes are compare-and-set operations. Every method may
 * throw {@link dev.stowage.core.error.StorageUnavailable} or {@link dev.stowage.core.error.StorageFull}; every wait is bounded.
 */
public interface UploadSessions {

    /**
     * Checks that the record can be read and written, without changing it.
     *
     * @throws dev.stowage.core.error.StorageException when it can't
     */
    void check();

    /** Returns the record of uploads about to be created. */
    UploadIntents intents();

    /** Returns the record of resumable uploads. */
    ResumableSessions resumable();

    /** Adds a new upload and ends its intent. Does nothing when an upload of that id exists. */
    void add(UploadSession session, UploadIntent intent);

    /** Returns an upload, or empty when it was never created under this key, or was pruned. */
    Optional<UploadSession> find(ObjectKey key, UploadId id);

    /**
     * Changes an upload from one version to the next. Of several concurrent changes from the same version, one succeeds. When the upload
     * ends, its pending bytes are deleted.
     *
     * @return whether this change succeeded
     */
    boolean change(UploadSession from, UploadSession to);

    /**
     * Begins an attempt at a part. Called before the part is sent to the store, so that attempts are ordered across processes.
     *
     * @param owner the principal who must have created the upload; empty for any
     * @return empty when there is no such upload, it is not open, or its parts are not sent by a client
     */
    Optional<BegunPart> beginPart(ObjectKey key, UploadId id, Optional<String> owner, PartNumber number);

    /** Returns those of the attempts to whose parts no newer attempt is running or recorded. */
    Set<PartFencingToken> newest(Set<PartFencingToken> attempts);

    /**
     * Records the part that an attempt has stored, replacing older attempts, and the activity.
     *
     * @param part with the part number of {@code token}
     */
    PartOutcome putPart(PartFencingToken token, PartInfo part, Instant now);

    /** Ends an attempt that certainly stored nothing. Idempotent. */
    void endPart(PartFencingToken token);

    /** Returns parts of which the store may hold an older attempt than the newest recorded one; usually none. */
    List<UnconfirmedPart> unconfirmedParts(UploadId id);

    /**
     * Replaces all recorded parts with those that the store has; the newest of them counts as activity. Does nothing when the upload is not
     * open.
     */
    void replaceParts(UploadId id, List<PartInfo> parts);

    /** Deletes the record of an upload that no longer exists in the store, in any state. Idempotent. */
    void remove(UploadId id);

    /** Returns the number of a session's parts, and their total size including pending bytes. */
    UploadProgress progress(UploadSession session);

    /**
     * Returns a page of clients' uploads that are open or completing, without partial uploads.
     *
     * @param owner the principal whose uploads to list; empty for all
     * @param max 1 to 1000
     * @param after the position that the previous page returned: the page starts after it; empty for the first page
     */
    Page<UploadProgress, SessionPosition> list(
            Optional<String> owner, KeyPrefix prefix, int max, Optional<SessionPosition> after);

    /** Returns uploads with an unfinished step that began before {@code before}, by id. */
    List<UploadSession> unfinished(Instant before, int max, Optional<UploadId> after);

    /** Returns open uploads that processes send on their own, by id. */
    List<UploadSession> ofProcesses(int max, Optional<UploadId> after);

    /**
     * Returns clients' open uploads without activity since {@code before}, by the time of their last activity and by id.
     *
     * @param after the last upload of the previous page, as it was on that page
     */
    List<UploadSession> idle(Instant before, int max, Optional<UploadSession> after);

    /**
     * Deletes the records of uploads that ended before {@code before}.
     *
     * @param max the maximum number to delete; callers repeat the call until fewer were deleted
     * @return the number deleted
     */
    int prune(Instant before, int max);

    /**
     * An attempt at a part that has just begun.
     *
     * @param contested whether an older attempt at the part had begun and had not recorded what it stored: it may be running, or its process
     *     ended
     */
    record BegunPart(PartFencingToken token, boolean contested) {}

    /** The result of recording a part. */
    enum PartOutcome {
        /** The part was recorded. */
        RECORDED,
        /** A newer attempt at the part is recorded and kept. The store may hold the bytes of either attempt. */
        OUTDATED,
        /** The upload accepts no parts: it is being completed, has ended, or never existed. */
        CLOSED
    }

    /**
     * A part that an older attempt may have stored over the newest one, as it was still running when the newest began.
     *
     * @param newest the ETag that the newest attempt stored
     * @param older the ETag that the older attempt stored; empty while it is running, or when its process ended before recording it
     */
    record UnconfirmedPart(PartNumber number, Etag newest, Optional<Etag> older) {

        /** Whether {@code listed}, which the store has, may come from the older attempt. */
        public boolean isOutdated(PartInfo listed) {
            return listed.number().equals(number)
                    && !listed.etag().equals(newest)
                    && (older.isEmpty() || older.get().equals(listed.etag()));
        }
    }
}
