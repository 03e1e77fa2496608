package dev.stowage.core.error;

import java.util.Map;

/** Bytes do not match their digest. */
public final class ChecksumMismatch extends StorageException {

    private ChecksumMismatch(String message, Map<String, String> detail) {
        super(ErrorCode.CHECKSUM_MISMATCH, message, detail, null);
    }

    /** Creates the error for a stored file whose bytes do not match the record: {@code what} differs. */
    public static ChecksumMismatch stored(String what, String expected, String actual) {
        return new ChecksumMismatch(
                "The file's bytes do not match its recorded " + what + ": " + actual + " instead of " + expected,
                Map.of("algorithm", what, "expected", expected, "actual", actual));
    }

    /** Creates the error for an upload that does not match the client's digest of the whole file; no file was created. */
    public static ChecksumMismatch file(String algorithm, String expected, String actual) {
        return new ChecksumMismatch(
                "The uploaded bytes do not match the " + algorithm
                        + " digest of the whole file; no file was stored. Start a new upload.",
                Map.of("algorithm", algorithm, "expected", expected, "actual", actual, "of", "file"));
    }

    /** Whether the whole upload is wrong, so that resuming it is useless. */
    public boolean isOfFile() {
        return detail().containsKey("of");
    }

    /** Creates the error for received bytes that do not match the digest in the request; nothing was stored. */
    public ChecksumMismatch(String algorithm, String expected, String actual) {
        super(
                ErrorCode.CHECKSUM_MISMATCH,
                "The body does not match the " + algorithm + " digest sent with it; nothing was stored. Send it again.",
                Map.of("algorithm", algorithm, "expected", expected, "actual", actual),
                null);
    }
}
