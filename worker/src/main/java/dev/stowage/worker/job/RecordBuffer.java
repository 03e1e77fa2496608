package dev.stowage.worker.job;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of one record of a manifest. A record over the limit is marked as too long and not kept. For one thread. */
final class RecordBuffer {

    /** A key takes up to 6 KiB when every byte is escaped; other columns may be long. */
    static final int MAX_BYTES = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooLong;

    void clear() {
        bytes.reset();
        tooLong = false;
    }

    void add(int next) {
        if (bytes.size() < MAX_BYTES) {
            bytes.write(next);
        } else {
            tooLong = true;
        }
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** @throws CharacterCodingException when the bytes are not UTF-8 */
    String text() throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }

    /** The bytes as ISO 8859-1, to look for ASCII characters. */
    String ascii() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
