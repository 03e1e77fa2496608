package dev.stowage.core.upload;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.records.UploadSessions;
import java.util.List;
import java.util.Map;

/**
 * Reads from the store which parts an upload has: clients may send parts directly to the store, and a crash may happen between the store
 * and the record.
 */
final class StoredParts {

    private final MultipartStore store;
    private final UploadSessions sessions;

    StoredParts(MultipartStore store, UploadSessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /**
     * Returns all parts, at most 10,000, by number, and updates the session's record. Omits parts that an outdated attempt stored over a
     * newer one, as their bytes are not those last acknowledged. For a resumable upload the record is authoritative, as only the service
     * sends its parts.
     *
     * @throws dev.stowage.core.error.NotFound when the store has no such upload
     */
    List<PartInfo> reconcile(UploadSession session) {
        if (session.resumption().isPresent()) {
            return sessions.resumable().parts(session.id());
        }
        List<PartInfo> listed = listed(session);
        return record(session, sessions.unconfirmedParts(session.id()), listed);
    }

    /**
     * Like {@link #reconcile}, for parts of a client that are to be chosen without their ETags.
     *
     * @throws InvalidInput {@code INVALID_PART} for a part of which the store does not have the newest version
     */
    List<PartInfo> reconcileNewest(UploadSession session) {
        List<PartInfo> listed = listed(session);
        List<UploadSessions.UnconfirmedPart> doubtful = sessions.unconfirmedParts(session.id());
        List<PartInfo> parts = record(session, doubtful, listed);
        for (UploadSessions.UnconfirmedPart doubt : doubtful) {
            if (parts.stream().noneMatch(part -> part.number().equals(doubt.number()))) {
                throw new InvalidInput(
                        ErrorCode.INVALID_PART,
                        "Part " + doubt.number() + " was overwritten by an older upload; upload it again",
                        Map.of("part_number", doubt.number().value()));
            }
        }
        return parts;
    }

    /** Omits the parts that an outdated attempt stored over a newer one. */
    List<PartInfo> current(UploadId id, List<PartInfo> listed) {
        return current(sessions.unconfirmedParts(id), listed);
    }

    private List<PartInfo> listed(UploadSession session) {
        return ListedParts.of(store, session.key(), session.id());
    }

    private List<PartInfo> record(
            UploadSession session, List<UploadSessions.UnconfirmedPart> doubtful, List<PartInfo> listed) {
        List<PartInfo> parts = current(doubtful, listed);
        sessions.replaceParts(session.id(), parts);
        return parts;
    }

    private static List<PartInfo> current(List<UploadSessions.UnconfirmedPart> doubtful, List<PartInfo> listed) {
        return doubtful.isEmpty()
                ? listed
                : listed.stream()
                        .filter(part -> doubtful.stream().noneMatch(doubt -> doubt.isOutdated(part)))
                        .toList();
    }
}
