package dev.stowage.core.batch;

import dev.stowage.core.object.BodyStream;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.port.ObjectRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bytes of an object of another store. They are compared with their record before the last of them is returned, so that other bytes are
 * never stored. The lender closes the source. For one thread.
 */
final class ImportedBody extends BodyStream {

    private static final int BUFFER = 64 << 10;

    private final InputStream source;
    private final ByteCheck check;
    private final ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
    private long left;
    private String note = "";

    /**
     * @param digestsSeen see {@link ByteCheck}
     * @throws dev.stowage.core.error.ChecksumMismatch when there are no bytes, which the record contradicts
     */
    ImportedBody(InputStream source, ObjectRecord recorded, AtomicBoolean digestsSeen) {
        this.source = source;
        this.check = new ByteCheck(recorded, digestsSeen);
        this.left = recorded.info().size();
        checkIfComplete();
    }

    /** Returns the MD5 of a body in hexadecimal. */
    static String md5(InputStream body) throws IOException {
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.MD5.newHasher();
        byte[] buffer = new byte[BUFFER];
        int count;
        while ((count = body.read(buffer)) >= 0) {
            hasher.update(buffer, 0, count);
        }
        return HexFormat.of().formatHex(hasher.finish());
    }

    /** @throws dev.stowage.core.error.ChecksumMismatch when these would be the last bytes, and the record contradicts them */
    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        int count = source.read(buffer, offset, length);
        if (count > 0) {
            check.update(buffer, offset, count);
            md5.update(buffer, offset, count);
            left -= count;
            checkIfComplete();
        }
        return count;
    }

    private void checkIfComplete() {
        if (left == 0) {
            note = check.finish();
        }
    }

    /** Returns what could not be compared, for people; empty when everything was. To be called at the end. */
    String note() {
        return note;
    }

    /** Returns the MD5 of all bytes in hexadecimal. To be called once, at the end. */
    String md5() {
        return HexFormat.of().formatHex(md5.finish());
    }
}
