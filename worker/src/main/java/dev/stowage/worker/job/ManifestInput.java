package dev.stowage.worker.job;

import dev.stowage.core.error.InvalidInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a manifest, with its line ends (CRLF, LF or CR) as LF, and without a byte order mark. For one thread. */
final class ManifestInput {

    private static final int BUFFER = 64 << 10;
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16_BIG_ENDIAN_MARK = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_16_LITTLE_ENDIAN_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] GZIP_MARK = {0x1F, (byte) 0x8B};

    private final InputStream bytes;
    private boolean afterCarriageReturn;
    private long line = 1;

    /** @throws InvalidInput when the bytes are of UTF-16, or compressed */
    ManifestInput(InputStream source) throws IOException {
        this.bytes = new BufferedInputStream(source, BUFFER);
        if (begins(UTF_16_BIG_ENDIAN_MARK) || begins(UTF_16_LITTLE_ENDIAN_MARK)) {
            throw refused("The manifest is encoded as UTF-16; upload it as UTF-8");
        }
        if (begins(GZIP_MARK)) {
            throw refused("The manifest is compressed; upload it uncompressed");
        }
        if (begins(UTF_8_MARK)) {
            bytes.skipNBytes(UTF_8_MARK.length);
        }
    }

    /** The exception for a manifest that can't be read at all. */
    static InvalidInput refused(String why) {
        return InvalidInput.ofField("source.manifest", why);
    }

    /** The line number of the next byte, from 1. */
    long line() {
        return line;
    }

    /** The next byte; -1 at the end. */
    int read() throws IOException {
        int next = bytes.read();
        if (afterCarriageReturn && next == '\n') {
            next = bytes.read();
        }
        afterCarriageReturn = next == '\r';
        if (next == '\r' || next == '\n') {
            line++;
            return '\n';
        }
        return next;
    }

    /** The first of the next few bytes that is not white space; does not consume any. */
    int peek() throws IOException {
        bytes.mark(BUFFER);
        int next = bytes.read();
        for (int i = 1; i < BUFFER && (next == ' ' || next == '\t' || next == '\r' || next == '\n'); i++) {
            next = bytes.read();
        }
        bytes.reset();
        return next;
    }

    private boolean begins(byte[] mark) throws IOException {
        bytes.mark(mark.length);
        byte[] first = bytes.readNBytes(mark.length);
        bytes.reset();
        return Arrays.equals(first, mark);
    }
}
