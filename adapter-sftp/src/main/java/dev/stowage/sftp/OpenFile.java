package dev.stowage.sftp;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ByteSpan;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * An object or a part that is open for reading. It stays the same version, whatever happens to its name: servers keep files that are open.
 * For one thread.
 */
final class OpenFile implements AutoCloseable {

    private final Remote remote;
    private final byte[] handle;
    private final Header header;
    private final byte[] begin;

    private OpenFile(Remote remote, byte[] handle, Header header, byte[] begin) {
        this.remote = remote;
        this.handle = handle;
        this.header = header;
        this.begin = begin;
    }

    /**
     * Opens a file and reads its beginning.
     *
     * @param ahead how many bytes to read at first
     * @throws org.apache.sshd.sftp.common.SftpException when there is none
     * @throws StorageRejected when it is not a file of this adapter
     */
    static OpenFile open(Remote remote, String path, int ahead) throws IOException {
        byte[] handle = remote.open(path);
        try {
            byte[] begin = remote.read(handle, 0, ahead);
            int length = Header.lengthIn(begin).orElse(0);
            while (begin.length < length) {
                byte[] more = remote.read(handle, begin.length, Math.min(Remote.BLOCK, length - begin.length));
                if (more.length == 0) {
                    throw damaged();
                }
                begin = append(begin, more);
            }
            return new OpenFile(remote, handle, Header.parse(begin).orElseThrow(OpenFile::damaged), begin);
        } catch (IOException | RuntimeException e) {
            remote.release(handle);
            throw e;
        }
    }

    private static byte[] append(byte[] begin, byte[] more) {
        byte[] all = Arrays.copyOf(begin, begin.length + more.length);
        System.arraycopy(more, 0, all, begin.length, more.length);
        return all;
    }

    private static StorageRejected damaged() {
        return new StorageRejected("The file is damaged on the SFTP server, or was not written by this service", null);
    }

    Header header() {
        return header;
    }

    byte[] handle() {
        return handle;
    }

    Remote remote() {
        return remote;
    }

    /** Returns a stream of some bytes of the object. At most one is used. */
    Body body(ByteSpan span) {
        return new Body(span);
    }

    @Override
    public void close() {
        remote.release(handle);
    }

    /** Reads bytes in blocks, the next ones ahead. */
    final class Body extends BodyStream {

        /** The blocks that are requested ahead: one always, others if there is memory. */
        private static final int MOST_AHEAD = 16;

        private final Deque<Ahead> requested = new ArrayDeque<>();
        private final long end;
        private long next;
        private byte[] block;
        private int taken;
        private int window = 1;
        private boolean ended;

        private Body(ByteSpan span) {
            long start = header.length() + span.offset();
            end = start + span.length();
            boolean known = start < begin.length;
            block = known ? Arrays.copyOfRange(begin, (int) start, (int) Math.min(begin.length, end)) : new byte[0];
            next = start + block.length;
        }

        private record Ahead(Remote.Pending pending, long offset, int length, boolean extra) {}

        @Override
        protected int take(byte[] target, int offset, int wanted) throws IOException {
            if (ended) {
                throw new IOException("the stream is closed");
            }
            if (taken == block.length && !fill()) {
                return -1;
            }
            int count = Math.min(wanted, block.length - taken);
            System.arraycopy(block, taken, target, offset, count);
            taken += count;
            return count;
        }

        private boolean fill() throws IOException {
            request();
            if (requested.isEmpty()) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw Failures.interrupted();
            }
            Ahead first = requested.remove();
            byte[] bytes = receive(first);
            while (bytes.length < first.length) {
                byte[] more = remote.read(handle, first.offset + bytes.length, first.length - bytes.length);
                if (more.length == 0) {
                    throw new IOException("the file is shorter than its header says");
                }
                bytes = append(bytes, more);
            }
            block = bytes;
            taken = 0;
            window = Math.min(2 * window, MOST_AHEAD);
            request();
            return true;
        }

        private byte[] receive(Ahead first) throws IOException {
            try {
                return remote.data(first.pending);
            } finally {
                giveBack(first);
            }
        }

        private void request() throws IOException {
            while (next < end && requested.size() < window) {
                boolean extra = !requested.isEmpty();
                if (extra && !remote.readAhead().tryTake()) {
                    return;
                }
                int length = (int) Math.min(Remote.BLOCK, end - next);
                Remote.Pending pending;
                try {
                    pending = remote.startRead(handle, next, length);
                } catch (IOException e) {
                    if (extra) {
                        remote.readAhead().giveBack();
                    }
                    throw e;
                }
                requested.add(new Ahead(pending, next, length, extra));
                next += length;
            }
        }

        private void giveBack(Ahead ahead) {
            if (ahead.extra) {
                remote.readAhead().giveBack();
            }
        }

        /** Receives what was requested, so that it does not stay in memory. */
        @Override
        public void close() {
            ended = true;
            for (Ahead ahead = requested.poll(); ahead != null; ahead = requested.poll()) {
                remote.drop(ahead.pending);
                giveBack(ahead);
            }
        }
    }
}
