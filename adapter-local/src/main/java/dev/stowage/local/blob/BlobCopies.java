package dev.stowage.local.blob;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies blobs to another data folder. On the same file system they are hard links, which take no
 * space; blobs never change. For one thread.
 */
public final class BlobCopies {

    private final BlobFolder source;
    private final BlobFolder target;
    private boolean linking = true;

    /** @throws IOException when {@code target} can't hold blobs */
    public BlobCopies(Path source, Path target) throws IOException {
        this.source = new BlobFolder(source.resolve("blobs"));
        this.target = new BlobFolder(target.resolve("blobs"));
        this.target.prepare();
    }

    /**
     * Copies a blob, unless it was copied before.
     *
     * @return whether the copy exists; if not, the blob was deleted
     */
    public boolean copy(BlobId id) throws IOException {
        Path copy = target.placed(id);
        if (Files.exists(copy)) {
            return true;
        }
        // In this order, and again: it may be moved once in between.
        return copy(source.placed(id), copy) || copy(source.incoming(id), copy) || copy(source.placed(id), copy);
    }

    private boolean copy(Path blob, Path copy) throws IOException {
        try {
            if (linking && link(blob, copy)) {
                return true;
            }
            Path draft = copy.resolveSibling(copy.getFileName() + ".tmp");
            Files.copy(blob, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Returns whether the blob was linked; if not, the folders are on different file systems, or links are not supported. */
    private boolean link(Path blob, Path copy) throws IOException {
        try {
            Files.createLink(copy, blob);
            return true;
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException otherwise) {
            linking = false;
            return false;
        }
    }
}
