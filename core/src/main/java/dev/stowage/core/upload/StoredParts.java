package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.UnconfirmedPart;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.UploadSessions;
import java.util.List;
import java.util.Map;

/**
 * Learns from the store which parts an upload has: clients may send parts straight to the store, and a crash may come between the
 * store and the record.
 */
final class StoredParts {

    private final MultipartStore store;
    private final UploadSessions sessions;

    StoredParts(MultipartStore store, UploadSessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /**
     * All parts, at most 10000, by number; what is known of the session is brought up to date. Parts that an outdated attempt stored over a
     * newer one are left out, as their bytes are not those that were acknowledged last. Of an upload that goes on at a byte what is
     * known is what counts: only the service sends its parts.
     *
     * @throws dev.stowage.core.error.NotFound when the store has no such upload
     */
    List<PartInfo> reconcile(UploadSession session) {
        if (session.resumption().isPresent()) {
            return sessions.resumable().parts(session.id());
        }
        List<PartInfo> parts = current(session.id(), ListedParts.of(store, session.key(), session.id()));
        sessions.replaceParts(session.id(), parts);
        return parts;
    }

    /** Without the parts that an outdated attempt stored over a newer one. */
    List<PartInfo> current(UploadId id, List<PartInfo> listed) {
        List<UnconfirmedPart> doubtful = sessions.unconfirmedParts(id);
        return doubtful.isEmpty()
                ? listed
                : listed.stream()
                        .filter(part -> doubtful.stream().noneMatch(doubt -> doubt.isOutdated(part)))
                        .toList();
    }

    /**
     * Fails for parts that are not those acknowledged last, when they are to be chosen without their tags.
     *
     * @throws InvalidInput {@code INVALID_PART} for a part whose newest upload the store does not have
     */
    void checkNoneOutdated(UploadId id, List<PartInfo> current) {
        for (UnconfirmedPart doubt : sessions.unconfirmedParts(id)) {
            if (current.stream().noneMatch(part -> part.number().equals(doubt.number()))) {
                throw new InvalidInput(
                        ErrorCode.INVALID_PART,
                        "Part " + doubt.number() + " was overwritten by an older upload; upload it again",
                        Map.of("part_number", doubt.number().value()));
            }
        }
    }
}
