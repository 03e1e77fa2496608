package dev.stowage.core.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
 * entries. Closing it deletes the file.
 */
final class ZipEncoder implements AutoCloseable {

    private static final int OUTPUT = 64 << 10;
    /** From this size on, sizes and offsets are in ZIP64 fields. Deflating makes incompressible data slightly larger. */
    private static final long ZIP64_SIZE = 0xFFF0_0000L;

    private static final long MAX_32 = 0xFFFF_FFFFL;
    private static final int MAX_16 = 0xFFFF;

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

    ZipEncoder() {
        try {
            Path file = Files.createTempFile("stowage-zip", null);
            records = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("no space for a temporary file", e);
        }
    }

    /** Takes output: 0 when there is none. */
    int drain(byte[] buffer, int offset, int length) {
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
    void beginEntry(String name, Instant modified, long size) {
        deflater.reset();
        crc.reset();
        entry = new ZipEntryRecord(
                name.getBytes(StandardCharsets.UTF_8), modified, size >= ZIP64_SIZE, position, 0, 0, 0);
        emit(entry.localHeader());
    }

    boolean wantsInput() {
        return deflater.needsInput();
    }

    void input(byte[] bytes) {
        crc.update(bytes);
        deflater.setInput(bytes);
    }

    /** Produces output if there is enough input. */
    void deflate() {
        if (outputEnd == 0) {
            outputEnd = deflater.deflate(output);
            position += outputEnd;
        }
    }

    /** Ends the entry; its remaining output fits in the buffer. */
    void endEntry() throws IOException {
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
    void beginDirectory() {
        directoryStart = position;
        directoryRead = 0;
    }

    /** Produces some of the central directory, or its end. Returns whether there is more to take. */
    boolean continueDirectory() throws IOException {
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
        emit(end(position - directoryStart));
        return true;
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        records.close();
    }

    /** The end of the central directory, in both formats if the older one can't hold the numbers. */
    private byte[] end(long directorySize) {
        ByteBuffer bytes = ByteBuffer.allocate(98).order(ByteOrder.LITTLE_ENDIAN);
        if (entries >= MAX_16 || directorySize >= MAX_32 || directoryStart >= MAX_32) {
            bytes.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
            bytes.putInt(0).putInt(0).putLong(entries).putLong(entries);
            bytes.putLong(directorySize).putLong(directoryStart);
            bytes.putInt(0x07064b50).putInt(0).putLong(position).putInt(1);
        }
        short count = (short) Math.min(entries, MAX_16);
        bytes.putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(count)
                .putShort(count);
        bytes.putInt((int) Math.min(directorySize, MAX_32)).putInt((int) Math.min(directoryStart, MAX_32));
        bytes.putShort((short) 0);
        byte[] written = new byte[bytes.position()];
        bytes.get(0, written);
        return written;
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
