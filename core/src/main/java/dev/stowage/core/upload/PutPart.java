package dev.stowage.core.upload;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartFencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.UploadSessions;
import dev.stowage.core.port.service.Signals;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Stores a part of a multipart upload: bytes that a client sends, or those of a file. */
final class PutPart {

    private final MultipartStore store;
    private final ObjectStore objects;
    private final UploadSessions sessions;
    private final SessionLookup lookup;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final PartAttempts attempts;

    /** @param signals to the other processes that share the sessions */
    PutPart(Storage storage, UploadSessions sessions, AccessPolicy access, Signals signals, InstantSource clock) {
        this.store = storage.uploads();
        this.objects = storage.objects();
        this.sessions = sessions;
        this.lookup = new SessionLookup(sessions, access.permissions());
        this.access = access;
        this.clock = clock;
        this.attempts = new PartAttempts(signals, sessions);
    }

    /** See {@link Uploads#putPart}. */
    PartInfo put(
            Principal principal,
            ObjectKey key,
            UploadId upload,
            PartNumber number,
            Content content,
            List<Checksum> expected) {
        AuditedAction action =
                AuditedAction.of("upload.part", key).with("upload", upload).with("part", number.value());
        return access.audited(principal, action, () -> {
            checkSize(content.length().orElse(0));
            return store(principal, key, upload, number, attempt -> put(key, attempt, content, expected));
        });
    }

    /** See {@link Uploads#copyPart}. */
    PartInfo copy(Principal principal, ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        ObjectKey from = source.object().key();
        AuditedAction action = AuditedAction.of("upload.part", key)
                .with("upload", upload)
                .with("part", number.value())
                .with("source", from);
        return access.audited(principal, action, () -> {
            access.permissions().check(principal, Action.READ, from);
            checkSize(source.bytes().length());
            return store(principal, key, upload, number, attempt -> copy(key, attempt, source));
        });
    }

    private PartInfo put(ObjectKey key, PartAttempt attempt, Content content, List<Checksum> expected) {
        PartFencingToken token = attempt.token();
        Content guarded = attempt.guard(content, () -> attempts.isNewest(token));
        return store.putPart(key, token.upload(), token.number(), guarded, expected);
    }

    /** The store copies the bytes, or they are read from it and sent back. */
    private PartInfo copy(ObjectKey key, PartAttempt attempt, ObjectRange source) {
        PartFencingToken token = attempt.token();
        return attempt.atOnce(
                        () -> attempts.isNewest(token),
                        () -> store.copyPart(key, token.upload(), token.number(), source))
                .orElseGet(() -> transfer(key, attempt, source));
    }

    private PartInfo transfer(ObjectKey key, PartAttempt attempt, ObjectRange source) {
        ByteSpan bytes = source.bytes();
        Optional<ByteRange> range =
                source.isWhole() ? Optional.empty() : Optional.of(new ByteRange.Slice(bytes.offset(), bytes.last()));
        ReadOptions thisVersion =
                new ReadOptions(range, Optional.of(source.object().etag()));
        try {
            return objects.read(
                    source.object().key(),
                    thisVersion,
                    (object, span, body) ->
                            put(key, attempt, Content.once(body, OptionalLong.of(span.length())), List.of()));
        } catch (IOException e) {
            throw new IllegalStateException("the reader throws none", e);
        }
    }

    private void checkSize(long size) {
        long max = store.limits().maxSize();
        if (size > max) {
            throw new InvalidInput(
                    ErrorCode.INVALID_REQUEST,
                    "A part may have at most " + max + " bytes",
                    Map.of("max_part_size", max));
        }
    }

    private PartInfo store(
            Principal principal,
            ObjectKey key,
            UploadId upload,
            PartNumber number,
            Function<PartAttempt, PartInfo> storing) {
        PartFencingToken token = begin(principal, key, upload, number);
        try (PartAttempt attempt = awaitTurn(token)) {
            PartInfo part = store(token, attempt, storing);
            return switch (sessions.putPart(token, part, clock.instant())) {
                case RECORDED -> part;
                case OUTDATED -> throw superseded(number);
                case CLOSED -> throw SessionLookup.refusal(lookup.get(principal, key, upload));
            };
        }
    }

    /** One call for the usual case; the reason why an upload accepts no parts is looked up when it does not. */
    private PartFencingToken begin(Principal principal, ObjectKey key, UploadId upload, PartNumber number) {
        Optional<UploadSessions.BegunPart> begun = access.permissions().allows(principal, Action.WRITE, key)
                ? sessions.beginPart(key, upload, principal.id(), number)
                : Optional.empty();
        // An upload that is open by now was being completed.
        UploadSessions.BegunPart part =
                begun.orElseThrow(() -> SessionLookup.beingCompleted(lookup.open(principal, key, upload)));
        if (part.contested()) {
            attempts.announce(part.token());
        }
        return part.token();
    }

    private PartAttempt awaitTurn(PartFencingToken token) {
        try {
            return attempts.begin(token).orElseThrow(() -> superseded(token.number()));
        } catch (StorageException e) {
            end(token, e);
            throw e;
        }
    }

    private PartInfo store(PartFencingToken token, PartAttempt attempt, Function<PartAttempt, PartInfo> storing) {
        try {
            return storing.apply(attempt);
        } catch (StorageUnavailable unknown) {
            // The store may have the part, so the attempt stays recorded.
            throw attempt.isSuperseded() ? superseded(token.number()) : unknown;
        } catch (StorageException e) {
            end(token, e);
            throw attempt.isSuperseded() ? superseded(token.number()) : e;
        }
    }

    private void end(PartFencingToken token, StorageException reason) {
        try {
            sessions.endPart(token);
        } catch (StorageException e) {
            reason.addSuppressed(e);
        }
    }

    private static Conflict superseded(PartNumber number) {
        return new Conflict("A newer upload of part " + number + " superseded this one");
    }
}
