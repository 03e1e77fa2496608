package dev.stowage.local.blob;

import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * The name of a blob's file: which process wrote it, and 96 random bits.
 *
 * @param value 32 hexadecimal digits
 */
public record BlobId(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{32}");
    private static final int WRITER_DIGITS = 8;
    private static final int RANDOM_BYTES = 12;

    /** @throws IllegalArgumentException when the text is no such name */
    public BlobId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("no blob id: " + value);
        }
    }

    static boolean isValid(String text) {
        return SYNTAX.matcher(text).matches();
    }

    static BlobId create(int writer, Random random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new BlobId(HexFormat.of().toHexDigits(writer) + HexFormat.of().formatHex(bytes));
    }

    /** Who wrote it, see {@link WriterClaim}. */
    int writer() {
        return HexFormat.fromHexDigits(value.substring(0, WRITER_DIGITS));
    }

    /** The folder that it lies in: one of 256. */
    int folder() {
        return HexFormat.fromHexDigits(value.substring(WRITER_DIGITS, WRITER_DIGITS + 2));
    }

    @Override
    public String toString() {
        return value;
    }
}
