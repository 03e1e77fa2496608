package dev.stowage.core.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Makes files and folders that only the user of the process may use, whatever its umask: files with mode 0600, folders with 0700. On file
 * systems without POSIX permissions they get the permissions that are usual there.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private PrivateFiles() {}

    /** What to make a file with at {@code path}; nothing where there are no POSIX permissions. */
    public static FileAttribute<?>[] fileAttributes(Path path) {
        return attributes(path, FILE);
    }

    /**
     * Makes a folder and those above it that are missing. Folders that are there stay as they are.
     *
     * @throws FileAlreadyExistsException when there is something else at the path
     */
    public static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /** Makes an empty file; one that is there stays as it is. */
    public static void createIfMissing(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, fileAttributes(file));
            } catch (FileAlreadyExistsException madeMeanwhile) {
                return;
            }
        }
    }

    /** Whether others than the owner may do anything with a file or folder; false where that is not known. */
    public static boolean isShared(Path path) {
        try {
            return isPosix(path) && !FOLDER.containsAll(Files.getPosixFilePermissions(path));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Makes the file of an SQLite database where it is missing, and takes the permissions of others from one that is there; SQLite gives
     * the files beside it the same ones. What belongs to another user stays as it is.
     */
    public static void prepareDatabase(Path file) throws IOException {
        createIfMissing(file);
        for (String suffix : List.of("", "-wal", "-shm")) {
            Path part = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(part) && isShared(part)) {
                restrict(part);
            }
        }
    }

    private static void restrict(Path file) {
        try {
            Files.setPosixFilePermissions(file, FILE);
        } catch (IOException | UnsupportedOperationException othersOrNoPermissions) {
            return;
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : NO_ATTRIBUTES;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
