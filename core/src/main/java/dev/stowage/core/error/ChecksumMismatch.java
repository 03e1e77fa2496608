package dev.stowage.core.error;

import java.util.Map;

/** Bytes do not match a digest of theirs. */
public final class ChecksumMismatch extends StorageException {

    private ChecksumMismatch(String message, Map<String, String> detail) {
        super(ErrorCode.CHECKSUM_MISMATCH, message, detail, null);
    }

    /** A stored file's bytes are not those that are on record: {@code what} differs. */
    public static ChecksumMismatch stored(String what, String expected, String actual) {
        return new ChecksumMismatch(
                "The file's bytes do not match its recorded " + what + ": " + actual + " instead of " + expected,
                Map.of("algorithm", what, "expected", expected, "actual", actual));
    }

    /** All bytes of an upload do not match the digest that its client gave for the whole file; no file was made. */
    public static ChecksumMismatch file(String algorithm, String expected, String actual) {
        return new ChecksumMismatch(
                "The uploaded bytes do not match the " + algorithm
                        + " digest of the whole file; no file was stored. Start a new upload.",
                Map.of("algorithm", algorithm, "expected", expected, "actual", actual, "of", "file"));
    }

    /** Whether the whole of an upload is wrong, so that nothing can be gained by continuing it. */
    public boolean isOfFile() {
        return detail().containsKey("of");
    }

    /** The bytes received do not match a digest that came with them; nothing was stored. */
    public ChecksumMismatch(String algorithm, String expected, String actual) {
        super(
                ErrorCode.CHECKSUM_MISMATCH,
                "The body does not match the " + algorithm + " digest sent with it; nothing was stored. Send it again.",
                Map.of("algorithm", algorithm, "expected", expected, "actual", actual),
                null);
    }
}
