package dev.stowage.core.disk;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageRejected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * A secret in the data folder: 32 random bytes in a file readable only by its owner.
 *
 * @param name of the file
 * @param uses what becomes invalid without it, for a message, such as {@code the URLs signed so far}
 */
public record SecretFile(String name, String uses) {

    private static final int BYTES = 32;

    /**
     * Reads the secret in {@code folder}, or creates it. Processes that do so at the same time get the same secret. Other users' permissions
     * are removed from an existing file.
     *
     * @return the secret in hexadecimal digits
     * @throws StorageRejected when the file is not a valid secret
     */
    public Secret loadOrCreate(Path folder) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            create(folder, file);
        }
        PrivateFiles.restrictIfShared(file);
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new StorageRejected(
                    "The file " + name + " in the data folder is damaged; restore it, or delete it to invalidate "
                            + uses,
                    null);
        }
        return new Secret(text);
    }

    /** Copies the file, if it exists, to a folder without one; it is readable only by its owner there, too. */
    public void copy(Path folder, Path target) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            Files.copy(file, target.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            PrivateFiles.restrictIfShared(target.resolve(name));
        }
    }

    /** Writes the file under another name and links it, so that a process that comes second finds it complete. */
    private void create(Path folder, Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Path draft = folder.resolve(name + "." + Long.toHexString(random.nextLong()) + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    draft,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PrivateFiles.fileAttributes(draft))) {
                byte[] text = (HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.write(ByteBuffer.wrap(text));
                channel.force(true);
            }
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            return;
        } finally {
            Files.deleteIfExists(draft);
        }
        PrivateFiles.sync(folder);
    }
}
