package dev.stowage.core.upload;

import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.records.ResumableSessions;
import java.time.Instant;
import java.util.Optional;

/**
 * The right of one request to change an upload: its fencing token, which it takes before its first change. A request that brings a whole
 * small file never needs one, as putting the file is its only change. For one thread.
 */
final class TokenHolder {

    private final ResumableSessions uploads;
    private final UploadLocker locker;
    private final UploadLocker.Attempt attempt;
    private final ResumableId id;
    private Optional<NewUpload> unrecorded = Optional.empty();
    private FencingToken newest;
    private boolean taken;

    /**
     * An upload that is not on record yet.
     *
     * @param max the maximum number of open uploads of its owner
     */
    record NewUpload(UploadSession session, int max) {}

    private TokenHolder(ResumableContext context, ResumableId id, UploadLocker.Attempt attempt, FencingToken newest) {
        this.uploads = context.sessions().resumable();
        this.locker = context.locker();
        this.attempt = attempt;
        this.id = id;
        this.newest = newest;
        attempt.holds(newest);
    }

    /**
     * Returns a holder that takes its token when it is needed. The request is cut off as soon as another one takes a token.
     *
     * @param upload that no request has changed
     */
    static TokenHolder later(
            ResumableContext context, UploadLocker.Attempt attempt, ResumableSessions.CurrentUpload upload) {
        ResumableId id = upload.session().resumption().orElseThrow().id();
        return new TokenHolder(context, id, attempt, upload.newest());
    }

    /** Like {@link #later}, for an upload that is added to the record when that is needed. */
    static TokenHolder ofNew(ResumableContext context, UploadLocker.Attempt attempt, NewUpload upload) {
        UploadSession session = upload.session();
        TokenHolder holder = later(
                context, attempt, new ResumableSessions.CurrentUpload(session, new FencingToken(session.id(), 0)));
        holder.unrecorded = Optional.of(upload);
        return holder;
    }

    /**
     * Returns a holder with a new token.
     *
     * @throws dev.stowage.core.error.Conflict when the upload is not open, or a newer request has taken over
     */
    static TokenHolder now(
            ResumableContext context, UploadLocker.Attempt attempt, ResumableSessions.CurrentUpload upload) {
        FencingToken token =
                context.sessions().resumable().begin(upload.session().id()).orElseThrow(UploadLocker::takenOver);
        ResumableId id = upload.session().resumption().orElseThrow().id();
        TokenHolder holder = new TokenHolder(context, id, attempt, token);
        holder.begin();
        return holder;
    }

    /**
     * Returns the token, and takes it if that was not done before.
     *
     * @throws dev.stowage.core.error.Conflict when another request has taken one
     */
    FencingToken token() {
        if (!taken) {
            record();
            newest = uploads.begin(newest).orElseThrow(UploadLocker::takenOver);
            attempt.holds(newest);
            begin();
        }
        return newest;
    }

    /**
     * Adds the upload to the record if it is not there yet.
     *
     * @throws dev.stowage.core.error.TooManyOpen when the owner has reached the limit of open uploads
     */
    void record() {
        unrecorded.ifPresent(upload -> uploads.add(upload.session(), upload.max()));
        unrecorded = Optional.empty();
    }

    /**
     * Records that this process puts the file of a {@linkplain UploadSession#isSinglePut single put}.
     *
     * @param open as it was read
     * @return the session as it is now
     * @throws dev.stowage.core.error.Conflict when another request has taken over
     */
    UploadSession beginPut(UploadSession open, long size, Instant now) {
        Optional<UploadSession> putting = unrecorded.isPresent()
                ? unrecorded.map(upload -> uploads.addPut(upload.session(), upload.max(), size, now))
                : uploads.beginPut(newest, open, size, now);
        unrecorded = Optional.empty();
        return putting.orElseThrow(UploadLocker::takenOver);
    }

    boolean hasToken() {
        return taken;
    }

    /** @throws dev.stowage.core.error.Conflict when another request has taken over and cut this one off */
    void check() {
        attempt.check();
    }

    /** The body has ended, and its result decides; the request is no longer cut off. */
    void received() {
        attempt.received();
    }

    /** Returns the upload's newest token, which need not be this request's. */
    FencingToken newest() {
        return newest;
    }

    private void begin() {
        taken = true;
        locker.announce(id);
        attempt.check();
    }
}
