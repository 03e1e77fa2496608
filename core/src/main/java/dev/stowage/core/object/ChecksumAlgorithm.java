package dev.stowage.core.object;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The digests that clients may send with a body. */
public enum ChecksumAlgorithm {
    MD5("md5", 16),
    SHA1("sha-1", 20),
    SHA256("sha-256", 32),
    SHA512("sha-512", 64),
    CRC32("crc32", 4),
    CRC32C("crc32c", 4),
    CRC64NVME("crc64nvme", 8);

    private final String id;
    private final int length;

    ChecksumAlgorithm(String id, int length) {
        this.id = id;
        this.length = length;
    }

    /** Returns the name in messages and, if RFC 9530 registers it, in {@code Content-Digest}. */
    public String id() {
        return id;
    }

    /** Returns the length of a digest in bytes. */
    public int length() {
        return length;
    }

    /** Returns a new hasher, for one thread. */
    public Hasher newHasher() {
        return switch (this) {
            case MD5 -> digest("MD5");
            case SHA1 -> digest("SHA-1");
            case SHA256 -> digest("SHA-256");
            case SHA512 -> digest("SHA-512");
            case CRC32 -> new CyclicHasher(new CRC32());
            case CRC32C -> new CyclicHasher(new CRC32C());
            case CRC64NVME -> new Crc64Hasher();
        };
    }

    /** The computation of a digest. Not safe for concurrent use. */
    public interface Hasher {

        /** Adds bytes to the digest. */
        void update(byte[] bytes, int offset, int length);

        /** Returns the digest of all bytes so far. The hasher can't be used afterwards. */
        byte[] finish();
    }

    private static Hasher digest(String name) {
        try {
            return new DigestHasher(MessageDigest.getInstance(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    private record DigestHasher(MessageDigest digest) implements Hasher {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }
    }

    private record CyclicHasher(java.util.zip.Checksum sum) implements Hasher {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            sum.update(bytes, offset, length);
        }

        @Override
        public byte[] finish() {
            return ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) sum.getValue())
                    .array();
        }
    }
}
