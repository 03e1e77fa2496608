package dev.stowage.local.blob;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a blob's file: the number of its writer, a counter, and 64 random bits. Blobs that are written
 * together are neighbors in the index; their folders are random.
 *
 * @param value 32 hexadecimal digits
 */
public record BlobId(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{32}");
    private static final HexFormat HEX = HexFormat.of();
    private static final int WRITER_END = 8;
    private static final int FOLDER_START = 30;

    /** @throws IllegalArgumentException when the text is not a valid name */
    public BlobId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a blob id: " + value);
        }
    }

    static boolean isValid(String text) {
        return SYNTAX.matcher(text).matches();
    }

    static BlobId create(int writer, int number, RandomGenerator random) {
        return new BlobId(HEX.toHexDigits(writer) + HEX.toHexDigits(number) + HEX.toHexDigits(random.nextLong()));
    }

    /** The number of the writer, see {@link WriterClaim}. */
    int writer() {
        return HexFormat.fromHexDigits(value.substring(0, WRITER_END));
    }

    /** The number of its folder, of 256. */
    int folder() {
        return HexFormat.fromHexDigits(value.substring(FOLDER_START));
    }

    @Override
    public String toString() {
        return value;
    }
}
