package dev.stowage.core.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes a ZIP file sequentially, a little at a time (PKWARE's APPNOTE, 6.3.10). The JDK's encoder keeps a record of every entry in
 * memory; this one keeps them in a temporary file until the central directory is written, so that memory does not grow with the number of
 * entries. Closing it deletes the file. For one thread.
 */
public final class ZipEncoder implements AutoCloseable {

    private static final int OUTPUT = 64 << 10;
    /** From this size on, sizes and offsets are in ZIP64 fields. Deflating makes incompressible data slightly larger. */
    private static final long ZIP64_SIZE = 0xFFF0_0000L;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 crc = new CRC32();
    private final FileChannel records;
    private final byte[] output = new byte[OUTPUT];
    private int outputStart;
    private int outputEnd;
    private ZipEntryRecord entry = ZipEntryRecord.NONE;
    private long entries;
    private long position;
    private long directoryStart;
    private long directoryRead = -1;
    private boolean ended;

    /**
     * Creates the temporary file.
     *
     * @throws UncheckedIOException when that is not possible
     */
    public ZipEncoder() {
        try {
            Path file = Files.createTempFile("stowage-zip", null);
            records = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("no space for a temporary file", e);
        }
    }

    /** Takes output: 0 when there is none. */
    public int drain(byte[] buffer, int offset, int length) {
        int count = Math.min(length, outputEnd - outputStart);
        System.arraycopy(output, outputStart, buffer, offset, count);
        outputStart += count;
        if (outputStart == outputEnd) {
            outputStart = 0;
            outputEnd = 0;
        }
        return count;
    }

    /** Begins an entry; all output must have been taken. */
    public void beginEntry(String name, Instant modified, long size) {
        deflater.reset();
        crc.reset();
        entry = new ZipEntryRecord(
                name.getBytes(StandardCharsets.UTF_8), modified, size >= ZIP64_SIZE, position, 0, 0, 0);
        emit(entry.localHeader());
    }

    /** Whether the entry's next bytes can be given. */
    public boolean wantsInput() {
        return deflater.needsInput();
    }

    /** Gives bytes of the entry, which must not change before they are deflated. */
    public void input(byte[] bytes) {
        crc.update(bytes);
        deflater.setInput(bytes);
    }

    /** Produces output if there is enough input. */
    public void deflate() {
        if (outputEnd == 0) {
            outputEnd = deflater.deflate(output);
            position += outputEnd;
        }
    }

    /** Ends the entry; its remaining output fits in the buffer. */
    public void endEntry() throws IOException {
        deflater.finish();
        while (!deflater.finished()) {
            int count = deflater.deflate(output, outputEnd, output.length - outputEnd - ZipEntryRecord.MAX_DESCRIPTOR);
            outputEnd += count;
            position += count;
            if (count == 0 && !deflater.finished()) {
                throw new IOException("the end of an entry takes more room than expected");
            }
        }
        entry = entry.ended(crc.getValue(), deflater.getBytesWritten(), deflater.getBytesRead());
        emit(entry.descriptor());
        append(entry.centralRecord());
        entries++;
    }

    /** Ends the entries and begins the central directory. */
    public void beginDirectory() {
        directoryStart = position;
        directoryRead = 0;
    }

    /** Produces some of the central directory, or its end. Returns whether there is more to take. */
    public boolean continueDirectory() throws IOException {
        int count = records.read(ByteBuffer.wrap(output), directoryRead);
        if (count > 0) {
            directoryRead += count;
            position += count;
            outputEnd = count;
            return true;
        }
        if (ended) {
            return false;
        }
        ended = true;
        emit(new ZipDirectoryEnd(entries, directoryStart, position - directoryStart).bytes());
        return true;
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        records.close();
    }

    private void emit(byte[] bytes) {
        System.arraycopy(bytes, 0, output, outputEnd, bytes.length);
        outputEnd += bytes.length;
        position += bytes.length;
    }

    private void append(byte[] record) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        while (bytes.hasRemaining()) {
            int unused = records.write(bytes, records.size());
        }
    }
}
