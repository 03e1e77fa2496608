package dev.stowage.local;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.local.blob.BlobCopies;
import dev.stowage.local.blob.BlobId;
import dev.stowage.local.blob.StoredBlobs;
import dev.stowage.local.fault.Faults;
import dev.stowage.local.index.IndexSnapshot;
import dev.stowage.local.url.LocalUrlSigner;
import dev.stowage.sqlite.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Backups of the embedded store, made while it is in use. */
final class LocalBackup {

    private static final String INDEX = "index.db";
    /** Each round copies what was added since the previous one, so the second is short, regardless of the size of the store. */
    private static final int ROUNDS = 20;

    private LocalBackup() {}

    /**
     * See {@link dev.stowage.core.port.StorageOpener#backup}. On the same file system, the backup shares the blobs with the store
     * and takes almost no space.
     *
     * @throws StorageUnavailable when files are deleted faster than they can be copied
     */
    static Optional<StorageOpener.BackupSize> copy(Path dataFolder, Path target) {
        if (!Files.exists(dataFolder.resolve(INDEX))) {
            return Optional.empty();
        }
        try {
            BlobCopies copies = new BlobCopies(dataFolder, target);
            LocalUrlSigner.copySecret(dataFolder, target);
            for (int round = 1; round <= ROUNDS; round++) {
                Round copied = new Round(copies);
                IndexSnapshot snapshot = IndexSnapshot.take(dataFolder.resolve(INDEX), target.resolve(INDEX));
                snapshot.blobs(copied);
                if (copied.complete) {
                    return Optional.of(copied.with(snapshot.smallObjects()));
                }
            }
            Files.deleteIfExists(target.resolve(INDEX));
            throw new StorageUnavailable("Files are deleted faster than they can be copied; try again later", null);
        } catch (SQLException e) {
            throw Faults.database(e);
        } catch (IOException e) {
            throw Faults.io(e, target);
        }
    }

    /** See {@link dev.stowage.core.port.StorageOpener#damage}. */
    static Optional<String> damage(Path dataFolder) {
        Path index = dataFolder.resolve(INDEX);
        return Files.exists(index) ? DatabaseFile.damage(index).map(found -> index + ": " + found) : Optional.empty();
    }

    /** See {@link dev.stowage.core.port.StorageOpener#verify}. */
    static Optional<StorageOpener.BackupSize> verify(Path copy) {
        Path index = copy.resolve(INDEX);
        if (!Files.exists(index)) {
            throw new StorageRejected("No " + INDEX + " in " + copy + "; name the folder of a backup", null);
        }
        damage(copy).ifPresent(found -> {
            throw new StorageRejected("The backup is damaged: " + found, null);
        });
        try {
            IndexSnapshot snapshot = IndexSnapshot.at(index);
            Verification verification = new Verification(new StoredBlobs(copy));
            snapshot.blobs(verification);
            return Optional.of(verification.with(snapshot.smallObjects()));
        } catch (SQLException e) {
            throw Faults.database(e);
        } catch (IOException e) {
            throw Faults.io(e, copy);
        }
    }

    /** Stops at the first blob that is missing or has a wrong size. */
    private static final class Verification implements IndexSnapshot.Visitor {
        private final StoredBlobs stored;
        private long blobs;
        private long bytes;

        Verification(StoredBlobs stored) {
            this.stored = stored;
        }

        StorageOpener.BackupSize with(StorageOpener.BackupSize others) {
            return new StorageOpener.BackupSize(blobs + others.files(), bytes + others.bytes());
        }

        @Override
        public boolean visit(BlobId blob, long size) throws IOException {
            OptionalLong found = stored.size(blob);
            if (found.isEmpty()) {
                throw new StorageRejected(
                        "The blob " + blob.value() + " is missing, which " + INDEX + " refers to", null);
            }
            if (found.getAsLong() != size) {
                throw new StorageRejected(
                        "The blob " + blob.value() + " has " + found.getAsLong() + " bytes, but should have " + size,
                        null);
            }
            blobs++;
            bytes += size;
            return true;
        }
    }

    /** Copies the blobs of a snapshot. Blobs that were deleted since the snapshot are missing, and require another one. */
    private static final class Round implements IndexSnapshot.Visitor {
        private final BlobCopies copies;
        private boolean complete = true;
        private long blobs;
        private long bytes;

        Round(BlobCopies copies) {
            this.copies = copies;
        }

        StorageOpener.BackupSize with(StorageOpener.BackupSize others) {
            return new StorageOpener.BackupSize(blobs + others.files(), bytes + others.bytes());
        }

        @Override
        public boolean visit(BlobId blob, long size) throws IOException {
            if (copies.copy(blob)) {
                blobs++;
                bytes += size;
            } else {
                complete = false;
            }
            return true;
        }
    }
}
