package dev.stowage.sftp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.client.impl.SftpStatus;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * The requests of one call to the store, over a connection that it shares with others. A request either fails with {@link SftpException},
 * the server's response, or with {@link ConnectionLost}. For one thread.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02">SSH File Transfer Protocol, version 3</a>
 */
final class Remote implements AutoCloseable {

    /** The bytes of one read or write, which every server accepts. */
    static final int BLOCK = 32 << 10;

    /** The room before a request, so that the client's library need not copy it. */
    private static final int HEAD = 9;

    private static final int SMALL = 512;

    /** How many requests for the next entries of a folder are sent ahead. */
    private static final int FOLDER_AHEAD = 3;

    private final SftpConnection connection;
    private final ReadAhead readAhead;
    private final Duration timeout;
    private final Runnable giveBack;
    private Deadline deadline;
    private boolean closed;

    /**
     * @param timeout how long to wait for a response
     * @param giveBack called once, by {@link #close}
     */
    Remote(SftpConnection connection, ReadAhead readAhead, Duration timeout, Deadline deadline, Runnable giveBack) {
        this.connection = connection;
        this.readAhead = readAhead;
        this.timeout = timeout;
        this.deadline = deadline;
        this.giveBack = giveBack;
    }

    /** A request whose response has not been received yet. */
    record Pending(int type, int number) {}

    Features features() {
        return connection.features();
    }

    ReadAhead readAhead() {
        return readAhead;
    }

    /** Bounds further requests one by one only: from now on, the call has a body. */
    void withoutDeadline() {
        deadline = Deadline.ofBody();
    }

    /** Opens a file for reading, and returns its handle. */
    byte[] open(String path) throws IOException {
        return handle(startOpen(path));
    }

    Pending startOpen(String path) throws IOException {
        Buffer request = request(path);
        request.putUInt(SftpConstants.SSH_FXF_READ);
        request.putUInt(0);
        return send(SftpConstants.SSH_FXP_OPEN, request);
    }

    /** Creates a file for writing that must not exist. */
    byte[] create(String path) throws IOException {
        return openToWrite(path, SftpConstants.SSH_FXF_EXCL);
    }

    /** Creates a file for writing, or empties an existing one. */
    byte[] overwrite(String path) throws IOException {
        return openToWrite(path, SftpConstants.SSH_FXF_TRUNC);
    }

    private byte[] openToWrite(String path, int flag) throws IOException {
        Buffer request = request(path);
        request.putUInt(SftpConstants.SSH_FXF_WRITE | SftpConstants.SSH_FXF_CREAT | flag);
        request.putUInt(0);
        return handle(send(SftpConstants.SSH_FXP_OPEN, request));
    }

    void close(byte[] handle) throws IOException {
        finish(startClose(handle));
    }

    Pending startClose(byte[] handle) throws IOException {
        Buffer request = request();
        request.putBytes(handle);
        return send(SftpConstants.SSH_FXP_CLOSE, request);
    }

    Pending startRead(byte[] handle, long offset, int length) throws IOException {
        Buffer request = request();
        request.putBytes(handle);
        request.putLong(offset);
        request.putUInt(length);
        return send(SftpConstants.SSH_FXP_READ, request);
    }

    /** Returns the bytes that were read: none only at the end of the file. */
    byte[] data(Pending read) throws IOException {
        SftpResponse answer = receive(read);
        if (answer.getType() == SftpConstants.SSH_FXP_DATA) {
            return answer.getBuffer().getBytes();
        }
        SftpException failure = failure(answer);
        if (failure.getStatus() == SftpConstants.SSH_FX_EOF) {
            return new byte[0];
        }
        throw failure;
    }

    byte[] read(byte[] handle, long offset, int length) throws IOException {
        return data(startRead(handle, offset, length));
    }

    Pending startWrite(byte[] handle, long offset, byte[] bytes, int from, int count) throws IOException {
        Buffer request = room(HEAD + SMALL + count);
        request.putBytes(handle);
        request.putLong(offset);
        request.putBytes(bytes, from, count);
        return send(SftpConstants.SSH_FXP_WRITE, request);
    }

    void sync(byte[] handle) throws IOException {
        Buffer request = request(Features.SYNC);
        request.putBytes(handle);
        finish(send(SftpConstants.SSH_FXP_EXTENDED, request));
    }

    void copy(byte[] source, long offset, long length, byte[] target, long targetOffset) throws IOException {
        Buffer request = request(Features.COPY);
        request.putBytes(source);
        request.putLong(offset);
        request.putLong(length);
        request.putBytes(target);
        request.putLong(targetOffset);
        finish(send(SftpConstants.SSH_FXP_EXTENDED, request));
    }

    /** Renames a file or folder. A file that has the new name is replaced in the same step. */
    void rename(String from, String to) throws IOException {
        finish(send(SftpConstants.SSH_FXP_EXTENDED, request(Features.RENAME, from, to)));
    }

    /** Gives a file a second name, unless something has that name. */
    void link(String file, String name) throws IOException {
        finish(send(SftpConstants.SSH_FXP_EXTENDED, request(Features.LINK, file, name)));
    }

    void remove(String path) throws IOException {
        finish(startRemove(path));
    }

    Pending startRemove(String path) throws IOException {
        return send(SftpConstants.SSH_FXP_REMOVE, request(path));
    }

    void makeFolder(String path) throws IOException {
        Buffer request = request(path);
        request.putUInt(0);
        finish(send(SftpConstants.SSH_FXP_MKDIR, request));
    }

    /** Removes a folder that is empty. */
    void removeFolder(String path) throws IOException {
        finish(send(SftpConstants.SSH_FXP_RMDIR, request(path)));
    }

    FileEntry stat(String path) throws IOException {
        SftpResponse answer = receive(send(SftpConstants.SSH_FXP_STAT, request(path)));
        if (answer.getType() != SftpConstants.SSH_FXP_ATTRS) {
            throw failure(answer);
        }
        return FileEntry.read(path, answer.getBuffer());
    }

    /** Passes the entries of a folder to {@code visitor} in any order, without {@code .} and {@code ..}, until it returns false. */
    void visit(String folder, Predicate<FileEntry> visitor) throws IOException {
        byte[] handle = handle(send(SftpConstants.SSH_FXP_OPENDIR, request(folder)));
        Deque<Pending> ahead = new ArrayDeque<>();
        try {
            boolean wanted = true;
            while (wanted) {
                while (ahead.size() < FOLDER_AHEAD) {
                    Buffer request = request();
                    request.putBytes(handle);
                    ahead.add(send(SftpConstants.SSH_FXP_READDIR, request));
                }
                wanted = visit(receive(ahead.remove()), visitor);
            }
        } finally {
            ahead.forEach(this::drop);
            release(handle);
        }
    }

    /** Closes a file that was only read, or whose content does not matter. */
    void release(byte[] handle) {
        try {
            close(handle);
        } catch (IOException e) {
            // The server closes it with the connection.
        }
    }

    /** Returns whether there may be more entries that are wanted. */
    private static boolean visit(SftpResponse answer, Predicate<FileEntry> visitor) throws IOException {
        if (answer.getType() != SftpConstants.SSH_FXP_NAME) {
            SftpException failure = failure(answer);
            if (failure.getStatus() == SftpConstants.SSH_FX_EOF) {
                return false;
            }
            throw failure;
        }
        Buffer names = answer.getBuffer();
        int count = names.getInt();
        for (int i = 0; i < count; i++) {
            String name = names.getString(StandardCharsets.UTF_8);
            // A line as of ls -l.
            String unused = names.getString(StandardCharsets.UTF_8);
            FileEntry entry = FileEntry.read(name, names);
            if (!name.equals(".") && !name.equals("..") && !visitor.test(entry)) {
                return false;
            }
        }
        return true;
    }

    byte[] handle(Pending pending) throws IOException {
        SftpResponse answer = receive(pending);
        if (answer.getType() != SftpConstants.SSH_FXP_HANDLE) {
            throw failure(answer);
        }
        return answer.getBuffer().getBytes();
    }

    /** Receives a response that only says whether the request was carried out. */
    void finish(Pending pending) throws IOException {
        SftpException failure = failure(receive(pending));
        if (failure.getStatus() != SftpConstants.SSH_FX_OK) {
            throw failure;
        }
    }

    /** Receives a response that does not matter. */
    void drop(Pending pending) {
        try {
            receive(pending);
        } catch (ConnectionLost e) {
            // There is no response to wait for.
        }
    }

    private static SftpException failure(SftpResponse answer) throws IOException {
        if (answer.getType() != SftpConstants.SSH_FXP_STATUS) {
            throw new IOException("the server gave a response of type " + answer.getType());
        }
        SftpStatus status = SftpStatus.parse(answer);
        return new SftpException(status.getStatusCode(), status.getMessage());
    }

    private static Buffer request(String... texts) {
        int length = HEAD + SMALL;
        byte[][] encoded = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            encoded[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += encoded[i].length;
        }
        Buffer request = room(length);
        for (byte[] text : encoded) {
            request.putBytes(text);
        }
        return request;
    }

    private static Buffer room(int length) {
        Buffer buffer = new ByteArrayBuffer(length, false);
        buffer.rpos(0);
        buffer.wpos(HEAD);
        buffer.rpos(HEAD);
        return buffer;
    }

    private Pending send(int type, Buffer request) throws ConnectionLost {
        Duration left = deadline.remaining(timeout);
        if (left.isZero()) {
            throw new ConnectionLost("the time of the call is used up", true);
        }
        return new Pending(type, connection.send(type, request, left));
    }

    private SftpResponse receive(Pending pending) throws ConnectionLost {
        return connection.receive(pending.type(), pending.number(), deadline.remaining(timeout));
    }

    /** Gives the connection back. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            giveBack.run();
        }
    }
}
