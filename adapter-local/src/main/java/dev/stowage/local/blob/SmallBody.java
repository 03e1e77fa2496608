package dev.stowage.local.blob;

import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.HexFormat;

/** A body so short that a file of its own would cost more than its bytes do: the index keeps it. */
public final class SmallBody implements Body {

    /** How long it may be, in bytes. A smaller number in a later version would no longer find the longer ones there are. */
    public static final int MAX_SIZE = 16 << 10;

    private final byte[] bytes;
    private final String md5;

    /** @param bytes which must not change any more */
    public SmallBody(byte[] bytes) {
        this.bytes = bytes;
        ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.MD5.newHasher();
        hasher.update(bytes, 0, bytes.length);
        md5 = HexFormat.of().formatHex(hasher.finish());
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public String md5() {
        return md5;
    }

    /** The bytes, which must not be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
