package dev.stowage.core.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
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

    /**
     * Takes permissions from all but the owner.
     *
     * @return whether there were any to take
     * @throws IOException when that is not possible, as for files of another user
     */
    public static boolean restrict(Path path) throws IOException {
        if (!isPosix(path)) {
            return false;
        }
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
        Set<PosixFilePermission> owners = EnumSet.noneOf(PosixFilePermission.class);
        owners.addAll(now);
        owners.retainAll(FOLDER);
        if (owners.equals(now)) {
            return false;
        }
        Files.setPosixFilePermissions(path, owners);
        return true;
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : NO_ATTRIBUTES;
    }

    /** Whether the file system that {@code path} is on, or will be, knows POSIX permissions. */
    private static boolean isPosix(Path path) {
        Path existing = path.toAbsolutePath();
        while (existing.getParent() != null && Files.notExists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).supportsFileAttributeView("posix");
        } catch (IOException e) {
            return false;
        }
    }
}
