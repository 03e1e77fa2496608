package dev.stowage.app.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A standard stream of the process, which it shares with other writers. Their lines are not mixed, because a line is one write to the
 * {@link PrintStream} of all. That one never forgets a failure, so after the first, lines are written without it. Interrupts do not close
 * the stream.
 */
final class StandardLines implements LineOutput {

    private final String name;
    private final PrintStream shared;
    private final OutputStream direct;
    private boolean torn;

    /**
     * @param name for messages
     * @param shared with the other writers
     * @param direct where {@code shared} writes to
     */
    StandardLines(String name, PrintStream shared, OutputStream direct) {
        this.name = name;
        this.shared = shared;
        this.direct = direct;
    }

    static StandardLines output() {
        return new StandardLines("stdout", System.out, new FileOutputStream(FileDescriptor.out));
    }

    static StandardLines error() {
        return new StandardLines("stderr", System.err, new FileOutputStream(FileDescriptor.err));
    }

    @Override
    public synchronized void write(String line) throws IOException {
        byte[] bytes = (torn ? "\n" + line : line).getBytes(StandardCharsets.UTF_8);
        torn = true;
        if (shared.checkError()) {
            direct.write(bytes);
        } else {
            shared.write(bytes, 0, bytes.length);
            if (shared.checkError()) {
                throw new IOException("can't write to " + name);
            }
        }
        torn = false;
    }

    @Override
    public void reopen() {
        // It is always open.
    }

    @Override
    public long freeSpace() {
        return Long.MAX_VALUE;
    }

    /** Does nothing: the stream belongs to the process. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return name;
    }
}
