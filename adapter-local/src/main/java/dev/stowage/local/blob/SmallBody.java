package dev.stowage.local.blob;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.util.HexFormat;
import java.util.List;

/** A body small enough to be stored in the index instead of in a file. */
public final class SmallBody implements Body {

    /** The maximum size, in bytes. A later version must not reduce it, or it would not find existing larger bodies. */
    public static final int MAX_SIZE = 64 << 10;

    private final byte[] bytes;
    private final String md5;
    private final List<Checksum> checksums;

    /**
     * @param bytes must not be changed after this call
     * @param checksums the digests with which they were sent
     */
    public SmallBody(byte[] bytes, List<Checksum> checksums) {
        this.bytes = bytes;
        this.checksums = SentChecksums.of(checksums);
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

    @Override
    public List<Checksum> checksums() {
        return checksums;
    }

    /** The bytes, which must not be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
