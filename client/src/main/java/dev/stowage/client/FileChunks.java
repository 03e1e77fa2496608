package dev.stowage.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.OptionalLong;

/** The chunks of a local file, which must not change meanwhile. */
final class FileChunks implements ChunkSource, AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final FileTime modified;
    private final byte[] buffer;

    /** @param chunkSize of all chunks but the last */
    FileChunks(Path file, int chunkSize) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
        this.modified = Files.getLastModifiedTime(file);
        this.buffer = new byte[(int) Math.min(chunkSize, size)];
    }

    long size() {
        return size;
    }

    /** Returns the digest of the whole file. @throws InterruptedException when the thread is interrupted meanwhile */
    byte[] digest() throws IOException, InterruptedException {
        MessageDigest digest = Sha256.begin();
        for (long position = 0; position < size; ) {
            Chunk chunk = read(position);
            position += chunk.bytes().remaining();
            digest.update(chunk.bytes());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return digest.digest();
    }

    @Override
    public Chunk read(long position) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, size - position));
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw changed();
            }
        }
        boolean last = position + target.position() == size;
        if (last && (channel.size() != size || !Files.getLastModifiedTime(file).equals(modified))) {
            throw changed();
        }
        return new Chunk(target.flip(), OptionalLong.of(size));
    }

    private StowageException changed() {
        return StowageException.local(
                StowageException.FILE_CHANGED, file + " changed while it was read; upload it again");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
