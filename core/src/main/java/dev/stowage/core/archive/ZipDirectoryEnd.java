package dev.stowage.core.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The end of the central directory, in both formats if the older one can't hold the numbers (PKWARE's APPNOTE 6.3.10, 4.3.14 to 4.3.16).
 *
 * @param entries the number of entries
 * @param start the position of the central directory
 * @param length of the central directory in bytes
 */
record ZipDirectoryEnd(long entries, long start, long length) {

    private static final int SIZE = 22;
    private static final int ZIP64_SIZE = 56 + 20;
    private static final long MAX_32 = 0xFFFF_FFFFL;
    private static final int MAX_16 = 0xFFFF;

    /** Returns the size in bytes. */
    int size() {
        return isLarge() ? ZIP64_SIZE + SIZE : SIZE;
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        if (isLarge()) {
            bytes.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
            bytes.putInt(0).putInt(0).putLong(entries).putLong(entries);
            bytes.putLong(length).putLong(start);
            bytes.putInt(0x07064b50).putInt(0).putLong(start + length).putInt(1);
        }
        short count = (short) Math.min(entries, MAX_16);
        bytes.putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(count)
                .putShort(count);
        bytes.putInt((int) Math.min(length, MAX_32)).putInt((int) Math.min(start, MAX_32));
        return bytes.putShort((short) 0).array();
    }

    private boolean isLarge() {
        return entries >= MAX_16 || length >= MAX_32 || start >= MAX_32;
    }
}
