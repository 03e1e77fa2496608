package dev.stowage.core.batch;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.DeleteResult;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.TagMeaning;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Copies objects from another store, each in one version. The bytes are compared with what the source says about them before the last one is
 * stored, and with what the target says about them afterwards. For one thread.
 */
final class FileImport {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}(-\\d+)?");

    private final ObjectStore source;
    private final ObjectStore store;
    private final AtomicBoolean digestsSeen = new AtomicBoolean();

    /**
     * @param source is only read
     * @param store of the service
     */
    FileImport(ObjectStore source, ObjectStore store) {
        this.source = source;
        this.store = store;
    }

    /**
     * Copies an object with its attributes, unless it is there already.
     *
     * @param overwrite whether another file under {@code target} is replaced
     * @throws Conflict when the object, or the file under {@code target}, changed meanwhile; a repetition may succeed
     * @throws PreconditionFailed when there is another file
     * @throws ChecksumMismatch when the bytes differ from what a store says about them; nothing was stored, or it was deleted again
     */
    Outcome copy(ObjectKey key, ObjectKey target, boolean overwrite) {
        ObjectRecord found = source.inspect(key).orElseThrow(() -> NotFound.file(key.value()));
        KeyMappingOperation.checkFolder(key, found.info().size());
        Optional<ObjectInfo> there = store.stat(target);
        if (there.isPresent() && isSame(found, there.get())) {
            return same(target);
        }
        if (there.isPresent() && !overwrite) {
            throw another(target);
        }
        boolean decides = Capability.CONDITIONAL_PUT.decides(WriteCondition.IF_ABSENT, store.capabilities());
        String note = copy(found, target, !overwrite && decides ? WriteCondition.IF_ABSENT : WriteCondition.NONE);
        return new Outcome.Succeeded(found.info().size(), note.isEmpty() ? "" : "Of the source: " + note);
    }

    /** Returns the outcome that {@link #copy} would have, as far as no bytes have to be read for it. */
    Outcome preview(ObjectKey key, ObjectKey target, boolean overwrite) {
        ObjectInfo found = StoreProbe.find(source, key);
        KeyMappingOperation.checkFolder(key, found.size());
        Optional<ObjectInfo> there = store.stat(target);
        if (there.isEmpty()) {
            return new Outcome.Succeeded(found.size(), "Would be stored at " + target);
        }
        boolean similar = isSimilar(found, there.get());
        if (similar
                && found.etag().equals(there.get().etag())
                && DIGEST.matcher(found.etag().value()).matches()) {
            return same(target);
        }
        if (!similar && !overwrite) {
            throw another(target);
        }
        return new Outcome.Succeeded(
                found.size(),
                (similar ? "Would be compared with the file at " : "Would replace the file at ") + target);
    }

    private static Outcome same(ObjectKey target) {
        return new Outcome.Skipped("The same file is already at " + target);
    }

    private static PreconditionFailed another(ObjectKey target) {
        return new PreconditionFailed(
                "Another file is already at " + target + ", or the same with other attributes; set target.overwrite to"
                        + " replace it",
                target.value());
    }

    private static boolean isSimilar(ObjectInfo one, ObjectInfo other) {
        return one.size() == other.size() && one.attributes().equals(other.attributes());
    }

    private boolean isSame(ObjectRecord found, ObjectInfo there) {
        if (!isSimilar(found.info(), there)) {
            return false;
        }
        ObjectRecord recorded = store.inspect(there.key())
                .filter(record -> record.info().etag().equals(there.etag()))
                .orElseThrow(() -> changed(there.key()));
        for (Checksum checksum : found.checksums()) {
            for (Checksum other : recorded.checksums()) {
                if (checksum.algorithm() == other.algorithm()) {
                    return checksum.equals(other);
                }
            }
        }
        return haveEqualDigests(found, recorded) || md5(source, found).equals(md5(store, recorded));
    }

    private static boolean haveEqualDigests(ObjectRecord one, ObjectRecord other) {
        return one.info().etag().equals(other.info().etag())
                && one.tagMeaning() != TagMeaning.VERSION
                && other.tagMeaning() != TagMeaning.VERSION
                && DIGEST.matcher(one.info().etag().value()).matches();
    }

    /** Returns the MD5 of the bytes in hexadecimal: as the store guarantees it, or of what it sends. */
    private static String md5(ObjectStore store, ObjectRecord record) {
        String tag = record.info().etag().value();
        boolean known =
                record.tagMeaning() == TagMeaning.DIGEST && MD5.matcher(tag).matches();
        return known ? tag : md5(store, record.info());
    }

    private static String md5(ObjectStore store, ObjectInfo object) {
        try {
            return store.read(
                    object.key(), ReadOptions.ALL.ifMatch(object.etag()), (info, span, body) -> ImportedBody.md5(body));
        } catch (IOException e) {
            throw new StorageUnavailable("The file at " + object.key() + " could not be read to its end", e);
        } catch (PreconditionFailed e) {
            throw changed(object.key());
        }
    }

    private static Conflict changed(ObjectKey key) {
        return new Conflict("The file at " + key + " was changed during the import");
    }

    /** A copy, and what was found out about its bytes: see {@link ImportedBody}. */
    private record Copy(ObjectInfo stored, String md5, String note) {}

    /** Returns what could not be compared with the source, for people; empty when everything was. */
    private String copy(ObjectRecord found, ObjectKey target, WriteCondition condition) {
        ObjectInfo object = found.info();
        PutOptions options = new PutOptions(object.attributes(), condition, found.checksums());
        try {
            Copy copy = source.read(object.key(), ReadOptions.ALL.ifMatch(object.etag()), (info, span, bytes) -> {
                ImportedBody body = new ImportedBody(bytes, found, digestsSeen);
                return new Copy(store(target, body, object.size(), options), body.md5(), body.note());
            });
            confirm(copy.stored(), copy.md5());
            return copy.note();
        } catch (IOException e) {
            throw new StorageUnavailable("The source could not be read to its end", e);
        } catch (PreconditionFailed e) {
            throw changed(object.key());
        }
    }

    private ObjectInfo store(ObjectKey target, ImportedBody body, long size, PutOptions options) {
        try {
            return store.put(target, Content.once(body, OptionalLong.of(size)), options)
                    .info();
        } catch (BrokenContent e) {
            throw new StorageUnavailable("The source could not be read to its end", e);
        } catch (PreconditionFailed e) {
            throw changed(target);
        }
    }

    /** Reads the file, unless its ETag is the digest of the bytes: a store may have encrypted it, or have split it into parts. */
    private void confirm(ObjectInfo stored, String md5) {
        if (stored.etag().value().equals(md5)) {
            return;
        }
        String actual = md5(store, stored);
        if (!actual.equals(md5)) {
            if (store.capabilities().contains(Capability.CONDITIONAL_DELETE)) {
                List<DeleteResult> unused = store.deleteMatching(Map.of(stored.key(), stored.etag()));
            }
            throw ChecksumMismatch.stored("md5", md5, actual);
        }
    }
}
