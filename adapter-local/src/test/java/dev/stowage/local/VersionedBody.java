package dev.stowage.local;

import dev.stowage.core.object.Content;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that identify their key and version: half of them small, others up to several buffers large. */
record VersionedBody(String key, int version) {

    private static final int MAX_SHORT = 16_000;
    private static final int MAX_SIZE = 300_000;

    byte[] bytes() {
        byte[] bytes = new byte
                [(int) (Integer.toUnsignedLong(version * 0x9E3779B9) % (version % 2 == 0 ? MAX_SHORT : MAX_SIZE))];
        ByteBuffer pattern = ByteBuffer.allocate(Long.BYTES).putLong(((long) key.hashCode() << 32) | version);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = pattern.get(i % Long.BYTES);
        }
        return bytes;
    }

    Content content() {
        return Content.of(bytes());
    }

    /** One of three parts, at least as large as {@link DataFolder#TINY_PARTS} requires; the object consists of all of them. */
    Content part(int number) {
        byte[] bytes = new byte[2000 + number];
        Arrays.fill(bytes, (byte) (version + number));
        return Content.of(bytes);
    }

    boolean matches(byte[] actual) {
        return Arrays.equals(actual, bytes()) || Arrays.equals(actual, parts());
    }

    private byte[] parts() {
        ByteBuffer all = ByteBuffer.allocate(3 * 2000 + 6);
        for (int number = 1; number <= 3; number++) {
            byte[] bytes = new byte[2000 + number];
            Arrays.fill(bytes, (byte) (version + number));
            all.put(bytes);
        }
        return all.array();
    }
}
