package dev.stowage.sftp;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written under a temporary name, and removed by {@link #close} unless it was renamed. It owns its {@link Remote}. For one
 * thread.
 */
final class NewFile implements AutoCloseable {

    /** How many writes are sent before the first has to be answered. They take no memory, as their bytes were sent. */
    private static final int AHEAD = 16;

    /** The server writes so many bytes to disk at once, so that no request takes long. */
    private static final long SYNC_EVERY = 64 << 20;

    /** The bytes that the server copies in one request. */
    private static final long COPY_AT_ONCE = 8 << 20;

    private final Remote remote;
    private final Workspace workspace;
    private final String path;
    private final Deque<Remote.Pending> ahead = new ArrayDeque<>();
    private byte @Nullable [] handle;
    private long unsynced;
    private boolean renamed;

    private NewFile(Remote remote, Workspace workspace, String path, byte[] handle) {
        this.remote = remote;
        this.workspace = workspace;
        this.path = path;
        this.handle = handle;
    }

    static NewFile create(Remote remote, Workspace workspace) throws IOException {
        String path = workspace.take();
        try {
            return new NewFile(remote, workspace, path, create(remote, workspace, path));
        } catch (IOException | RuntimeException e) {
            workspace.giveBack(path);
            throw e;
        }
    }

    /** After a long interruption, other processes may have removed the folder. */
    private static byte[] create(Remote remote, Workspace workspace, String path) throws IOException {
        try {
            return remote.create(path);
        } catch (SftpException e) {
            if (!Failures.isMissing(e)) {
                throw e;
            }
            workspace.renew(remote);
            return remote.create(path);
        }
    }

    Remote remote() {
        return remote;
    }

    String path() {
        return path;
    }

    /** Writes a body behind its header, and completes the file. The ETag is the MD5 of the body. */
    Header receive(ContentStream body, ObjectAttributes attributes, String version, InstantSource clock)
            throws IOException {
        remote.withoutDeadline();
        byte[] block = new byte[Remote.BLOCK];
        byte[] begin = Header.unfinished(attributes);
        System.arraycopy(begin, 0, block, 0, begin.length);
        ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
        long written = 0;
        int filled = begin.length;
        while (true) {
            int wanted = block.length - filled;
            int count = read(body, block, filled, wanted);
            md5.update(block, filled, count);
            filled += count;
            if (count < wanted) {
                break;
            }
            write(written, block, filled);
            written += filled;
            filled = 0;
        }
        long size = written + filled - begin.length;
        Etag etag = new Etag(HexFormat.of().formatHex(md5.finish()));
        Header header = Header.of(size, clock.instant(), version, etag, attributes, List.of());
        if (written == 0) {
            System.arraycopy(header.firstLine(), 0, block, 0, Header.FIXED);
            write(0, block, filled);
        } else {
            write(written, block, filled);
            write(0, header.firstLine(), Header.FIXED);
        }
        finish();
        return header;
    }

    private static int read(ContentStream body, byte[] block, int from, int wanted) {
        checkInterrupt();
        try {
            return body.readNBytes(block, from, wanted);
        } catch (IOException e) {
            throw new BrokenContent("The body could not be read to its end; nothing was stored", e);
        }
    }

    /** Writes the header of an object whose bytes are copied behind it. */
    void begin(Header header) throws IOException {
        remote.withoutDeadline();
        byte[] bytes = header.toBytes();
        for (int at = 0; at < bytes.length; at += Remote.BLOCK) {
            write(at, bytes, at, Math.min(Remote.BLOCK, bytes.length - at));
        }
    }

    /** Appends the bytes of an object or a part: within the server, or through this process. */
    void copy(OpenFile source, long target) throws IOException {
        if (remote.features().copy()) {
            copyWithin(source, target);
        } else {
            copyThrough(source, target);
        }
    }

    private void copyWithin(OpenFile source, long target) throws IOException {
        await(0);
        long size = source.header().size();
        for (long at = 0; at < size; at += COPY_AT_ONCE) {
            checkInterrupt();
            long length = Math.min(size - at, COPY_AT_ONCE);
            remote.copy(source.handle(), source.header().length() + at, length, openHandle(), target + at);
            synced(length);
        }
    }

    private void copyThrough(OpenFile source, long target) throws IOException {
        byte[] block = new byte[Remote.BLOCK];
        long at = target;
        try (OpenFile.Body body = source.body(ByteSpan.whole(source.header().size()))) {
            for (int count = body.read(block); count >= 0; count = body.read(block)) {
                write(at, block, count);
                at += count;
            }
        }
    }

    private static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
    }

    private void write(long offset, byte[] bytes, int count) throws IOException {
        write(offset, bytes, 0, count);
    }

    private void write(long offset, byte[] bytes, int from, int count) throws IOException {
        if (count == 0) {
            return;
        }
        await(AHEAD - 1);
        ahead.add(remote.startWrite(openHandle(), offset, bytes, from, count));
        synced(count);
    }

    private void synced(long count) throws IOException {
        unsynced += count;
        if (unsynced >= SYNC_EVERY) {
            sync();
        }
    }

    private void sync() throws IOException {
        await(0);
        if (remote.features().sync()) {
            remote.sync(openHandle());
        }
        unsynced = 0;
    }

    /** Waits for responses until at most {@code left} are missing. */
    private void await(int left) throws IOException {
        while (ahead.size() > left) {
            remote.finish(ahead.remove());
        }
    }

    private byte[] openHandle() {
        if (handle == null) {
            throw new IllegalStateException("the file is complete");
        }
        return handle;
    }

    /** Completes the file: it is on disk, as far as the server can tell. */
    void finish() throws IOException {
        sync();
        byte[] open = openHandle();
        handle = null;
        remote.close(open);
    }

    /** Moves the file to {@code target} in one step, and replaces the file there. */
    void renameTo(String target) throws IOException {
        remote.rename(path, target);
        renamed = true;
    }

    @Override
    public void close() {
        try {
            ahead.forEach(remote::drop);
            if (handle != null) {
                remote.release(handle);
            }
            if (!renamed) {
                remote.remove(path);
            }
        } catch (IOException e) {
            // A sweep removes it.
        } finally {
            workspace.giveBack(path);
            remote.close();
        }
    }
}
