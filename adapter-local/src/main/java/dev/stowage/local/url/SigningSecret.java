package dev.stowage.local.url;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.local.blob.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret for signing URLs: 32 random bytes in a file readable only by its owner, created if it is missing. */
final class SigningSecret {

    static final String FILE = "url-signing.key";

    private static final Logger LOG = LoggerFactory.getLogger(SigningSecret.class);
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private SigningSecret() {}

    /**
     * Reads the secret in {@code folder}, or creates it. Processes that do so at the same time get the same secret.
     *
     * @return the secret in hexadecimal digits
     * @throws StorageRejected when the file is not a valid secret
     */
    static Secret loadOrCreate(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            create(folder, file);
        }
        protect(file);
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new StorageRejected(
                    "The file " + FILE
                            + " in the data folder is damaged; restore it, or delete it to invalidate the URLs"
                            + " signed so far",
                    null);
        }
        return new Secret(text);
    }

    /** Copies the file, if it exists, to a folder without one; it is readable only by its owner there, too. */
    static void copy(Path folder, Path target) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            Files.copy(file, target.resolve(FILE), StandardCopyOption.COPY_ATTRIBUTES);
            protect(target.resolve(FILE));
        }
    }

    /** Writes the file under another name and links it, so that a process that comes second finds it complete. */
    private static void create(Path folder, Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Path draft = folder.resolve(FILE + "." + Long.toHexString(random.nextLong()) + ".tmp");
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (FileChannel channel = FileChannel.open(draft, options, ownerOnly(folder))) {
                byte[] text = (HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.write(ByteBuffer.wrap(text));
                channel.force(true);
            }
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another process created {} first", FILE);
        } finally {
            Files.deleteIfExists(draft);
        }
        Folders.sync(folder);
    }

    private static void protect(Path file) throws IOException {
        if (isPosix(file) && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            LOG.warn("{} was accessible to other users; restricted it to its owner", FILE);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
