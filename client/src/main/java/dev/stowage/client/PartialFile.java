package dev.stowage.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The file beside the target of a download that has its bytes until they are complete. */
final class PartialFile implements ByteSink, AutoCloseable {

    private final Path file;
    private final String id;
    private final TransferStore store;
    private final FileChannel channel;

    /** @param id of the download, in {@code store} */
    PartialFile(Path target, String id, TransferStore store) throws IOException {
        this.file = target.resolveSibling(".stowage-" + id.substring(0, 16) + ".part");
        this.id = id;
        this.store = store;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Hands the bytes of an earlier attempt to the download; drops them when their version is not known. */
    void resume(ResumedDownload download) throws IOException {
        Optional<String> version = store.find(id);
        if (version.isEmpty()) {
            channel.truncate(0);
            return;
        }
        byte[] buffer = new byte[128 << 10];
        ByteBuffer bytes = ByteBuffer.wrap(buffer);
        while (channel.read(bytes.clear()) > 0) {
            download.resume(buffer, bytes.position(), version.get());
        }
    }

    @Override
    public void begin(String etag) throws IOException {
        store.save(id, etag);
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    public void restart() throws IOException {
        channel.truncate(0);
        store.remove(id);
    }

    /** Renames the file to the target, in place of an earlier one. */
    void moveTo(Path target) throws IOException {
        channel.close();
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        store.remove(id);
    }

    /** Keeps the bytes if they can be resumed. */
    @Override
    public void close() throws IOException {
        channel.close();
        try {
            if (store.find(id).isEmpty() || Files.size(file) == 0) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException moved) {
            // It is the target now.
        }
    }
}
