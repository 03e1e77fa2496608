package dev.stowage.local.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The blobs in a data folder that is not in use. */
public final class StoredBlobs {

    private final BlobFolder folder;

    public StoredBlobs(Path dataFolder) {
        this.folder = new BlobFolder(dataFolder.resolve("blobs"));
    }

    /** The size of a blob in bytes; empty when it is missing. */
    public OptionalLong size(BlobId id) throws IOException {
        try {
            return OptionalLong.of(Files.size(folder.placed(id)));
        } catch (NoSuchFileException notThere) {
            try {
                return OptionalLong.of(Files.size(folder.incoming(id)));
            } catch (NoSuchFileException missing) {
                return OptionalLong.empty();
            }
        }
    }
}
