package dev.stowage.local.blob;

import dev.stowage.core.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The files of blobs. A blob is in {@code incoming} until the index has it, then in one of 256 folders.
 *
 * <p>A blob is moved <em>after</em> its row was committed, and the move need not be durable: readers look in both places, and
 * after a crash the index decides what becomes of the blobs in {@code incoming}. Only {@code incoming} can hold uncommitted blobs, so
 * recovery never has to search all folders.
 */
final class BlobFolder {

    /** The number of folders besides {@code incoming}. */
    static final int FOLDERS = 256;

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path root;
    private final Path incoming;
    private final List<Path> folders;
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong synced = new AtomicLong();

    BlobFolder(Path root) {
        this.root = root;
        incoming = root.resolve("incoming");
        folders = IntStream.range(0, FOLDERS)
                .mapToObj(number -> root.resolve("%02x".formatted(number)))
                .toList();
    }

    /** Creates the folders, once. */
    void prepare() throws IOException {
        if (Files.isDirectory(incoming)) {
            return;
        }
        for (int i = 0; i < FOLDERS; i++) {
            PrivateFiles.createFolders(folder(i));
        }
        PrivateFiles.createFolders(incoming);
        PrivateFiles.sync(root);
        PrivateFiles.sync(root.resolveSibling("."));
    }

    Path root() {
        return root;
    }

    /** Creates the file of a new blob. */
    FileChannel create(BlobId id) throws IOException {
        FileChannel file = FileChannel.open(incoming(id), NEW, PrivateFiles.fileAttributes(root));
        created.incrementAndGet();
        return file;
    }

    /**
     * Creates a blob as a hard link to another one.
     *
     * @throws UnsupportedOperationException when the file system has no hard links
     */
    void link(BlobId source, BlobId copy) throws IOException {
        try {
            Files.createLink(incoming(copy), placed(source));
        } catch (NoSuchFileException notYet) {
            Files.createLink(incoming(copy), incoming(source));
        }
        created.incrementAndGet();
    }

    /** Makes the names of all blobs created so far durable. */
    void syncIncoming() throws IOException {
        long now = created.get();
        if (now > synced.get()) {
            PrivateFiles.sync(incoming);
            synced.accumulateAndGet(now, Math::max);
        }
    }

    /**
     * Opens a blob for reading.
     *
     * @throws NoSuchFileException when the blob does not exist
     */
    FileChannel open(BlobId id) throws IOException {
        try {
            return FileChannel.open(placed(id), StandardOpenOption.READ);
        } catch (NoSuchFileException notYet) {
            try {
                return FileChannel.open(incoming(id), StandardOpenOption.READ);
            } catch (NoSuchFileException movedMeanwhile) {
                return FileChannel.open(placed(id), StandardOpenOption.READ);
            }
        }
    }

    /** Moves a blob to its folder; does nothing when it is there or deleted. */
    void place(BlobId id) throws IOException {
        try {
            Files.move(incoming(id), placed(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException done) {
            // Another process moved it first.
        }
    }

    /**
     * Deletes a blob, wherever it is. Readers that have it open are not affected.
     *
     * @return whether it existed
     */
    boolean delete(BlobId id) throws IOException {
        // In this order, and again: it may be moved once in between.
        return Files.deleteIfExists(placed(id))
                || Files.deleteIfExists(incoming(id))
                || Files.deleteIfExists(placed(id));
    }

    /** Visits the blobs in {@code incoming}. */
    void visitIncoming(Visitor visitor) throws IOException {
        visit(incoming, visitor);
    }

    /** Visits the blobs of the folder {@code number}. */
    void visitFolder(int number, Visitor visitor) throws IOException {
        visit(folder(number), visitor);
    }

    private static void visit(Path folder, Visitor visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (BlobId.isValid(name)) {
                    visitor.visit(new BlobId(name), file);
                }
            }
        }
    }

    Path incoming(BlobId id) {
        return incoming.resolve(id.value());
    }

    Path placed(BlobId id) {
        return folder(id.folder()).resolve(id.value());
    }

    private Path folder(int number) {
        return folders.get(number);
    }

    /** Receives blobs and their files; they may be deleted meanwhile. */
    interface Visitor {
        void visit(BlobId id, Path file) throws IOException;
    }
}
