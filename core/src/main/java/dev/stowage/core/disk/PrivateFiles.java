package dev.stowage.core.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Creates files and directories that only the user of the process can access, whatever its umask: files with mode 0600, directories with
 * 0700. On file systems without POSIX permissions they get the default permissions.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private PrivateFiles() {}

    /** Returns the attributes for a new file at {@code path}; empty without POSIX permissions. */
    public static FileAttribute<?>[] fileAttributes(Path path) {
        return attributes(path, FILE);
    }

    /**
     * Creates a directory and its missing parents. Existing directories are not changed.
     *
     * @throws FileAlreadyExistsException when the path exists and is not a directory
     */
    public static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /** Creates an empty file. An existing file is not changed. */
    public static void createIfMissing(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, fileAttributes(file));
            } catch (FileAlreadyExistsException madeMeanwhile) {
                return;
            }
        }
    }

    /** Whether users other than the owner have any permission on a file or directory; false if that is unknown. */
    public static boolean isShared(Path path) {
        try {
            return isPosix(path) && !FOLDER.containsAll(Files.getPosixFilePermissions(path));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Creates the file of an SQLite database if it is missing, and removes other users' permissions from an existing one; SQLite gives its
     * additional files the same permissions. Files that belong to another user are not changed.
     */
    public static void prepareDatabase(Path file) throws IOException {
        createIfMissing(file);
        for (String suffix : List.of("", "-wal", "-shm")) {
            Path part = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(part)) {
                restrictIfShared(part);
            }
        }
    }

    /** Removes other users' permissions from a file. A file that belongs to another user is not changed. */
    static void restrictIfShared(Path file) {
        if (isShared(file)) {
            restrict(file);
        }
    }

    /**
     * Makes the names in a directory durable. Does nothing where directories can't be synchronized (Windows).
     *
     * @throws IOException also when the thread is interrupted
     */
    public static void sync(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
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
