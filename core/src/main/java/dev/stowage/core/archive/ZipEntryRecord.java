package dev.stowage.core.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The metadata of one entry, which a ZIP file contains three times: before the entry, after it, and in the central directory.
 *
 * @param name in UTF-8; a folder's ends with a slash
 * @param large whether its sizes have 64 bits
 * @param offset where the entry begins
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ZipEntryRecord(byte[] name, Instant modified, boolean large, long offset, long crc, long deflated, long size) {

    static final ZipEntryRecord NONE = new ZipEntryRecord(new byte[0], Instant.EPOCH, false, 0, 0, 0, 0);

    /** The maximum size of a {@link #descriptor} in bytes. */
    static final int MAX_DESCRIPTOR = 24;

    private static final int LOCAL_SIZE = 30;
    private static final int LOCAL_EXTRA = 20;
    private static final int CENTRAL_SIZE = 46;

    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;

    /** The sizes follow the data; the name is UTF-8. */
    private static final short FLAGS = 1 << 3 | 1 << 11;

    private static final short DEFLATED = 8;
    private static final short ZIP64 = 45;
    private static final short PLAIN = 20;
    private static final short MADE_ON_UNIX = 3 << 8 | ZIP64;
    private static final int READABLE_FILE = 0100644 << 16;
    /** The attributes of a folder on Unix and MS-DOS. */
    private static final int READABLE_FOLDER = 040755 << 16 | 0x10;

    private static final long MAX_32 = 0xFFFF_FFFFL;

    ZipEntryRecord ended(long crcOfAll, long deflatedSize, long wholeSize) {
        return new ZipEntryRecord(name, modified, large, offset, crcOfAll, deflatedSize, wholeSize);
    }

    /** Returns the size of {@link #localHeader} in bytes. */
    int localHeaderSize() {
        return LOCAL_SIZE + name.length + (large ? LOCAL_EXTRA : 0);
    }

    /** Returns the size of {@link #descriptor} in bytes. */
    int descriptorSize() {
        return large ? MAX_DESCRIPTOR : MAX_DESCRIPTOR - 8;
    }

    /** Returns the size of {@link #centralRecord} in bytes. */
    int centralRecordSize() {
        int extra = centralExtra();
        return CENTRAL_SIZE + name.length + (extra > 0 ? extra + 4 : 0);
    }

    byte[] localHeader() {
        ByteBuffer bytes = buffer(localHeaderSize());
        int unknown = large ? -1 : 0;
        bytes.putInt(LOCAL).putShort(large ? ZIP64 : PLAIN).putShort(FLAGS).putShort(DEFLATED);
        bytes.putInt(dosTime()).putInt(0).putInt(unknown).putInt(unknown);
        bytes.putShort((short) name.length)
                .putShort((short) (large ? LOCAL_EXTRA : 0))
                .put(name);
        if (large) {
            bytes.putShort((short) 1).putShort((short) 16).putLong(0).putLong(0);
        }
        return bytes(bytes);
    }

    byte[] descriptor() {
        ByteBuffer bytes = buffer(descriptorSize());
        bytes.putInt(DESCRIPTOR).putInt((int) crc);
        if (large) {
            bytes.putLong(deflated).putLong(size);
        } else {
            bytes.putInt((int) deflated).putInt((int) size);
        }
        return bytes(bytes);
    }

    byte[] centralRecord() {
        boolean far = needsZip64Offset();
        int extra = centralExtra();
        ByteBuffer bytes = buffer(centralRecordSize());
        bytes.putInt(CENTRAL)
                .putShort(MADE_ON_UNIX)
                .putShort(extra > 0 ? ZIP64 : PLAIN)
                .putShort(FLAGS);
        bytes.putShort(DEFLATED).putInt(dosTime()).putInt((int) crc);
        bytes.putInt(large ? -1 : (int) deflated).putInt(large ? -1 : (int) size);
        bytes.putShort((short) name.length)
                .putShort((short) (extra > 0 ? extra + 4 : 0))
                .putShort((short) 0);
        bytes.putShort((short) 0)
                .putShort((short) 0)
                .putInt(isFolder() ? READABLE_FOLDER : READABLE_FILE)
                .putInt(far ? -1 : (int) offset);
        bytes.put(name);
        if (extra > 0) {
            bytes.putShort((short) 1).putShort((short) extra);
        }
        if (large) {
            bytes.putLong(size).putLong(deflated);
        }
        if (far) {
            bytes.putLong(offset);
        }
        return bytes(bytes);
    }

    private boolean needsZip64Offset() {
        return offset >= MAX_32;
    }

    private int centralExtra() {
        return (large ? 16 : 0) + (needsZip64Offset() ? 8 : 0);
    }

    private boolean isFolder() {
        return name.length > 0 && name[name.length - 1] == '/';
    }

    /** Returns date and time in the format of MS-DOS, from 1980 to 2107, with a precision of two seconds. */
    private int dosTime() {
        ZonedDateTime time = modified.atZone(ZoneOffset.UTC);
        int year = Math.min(Math.max(time.getYear(), 1980), 2107) - 1980;
        int date = year << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
        return date << 16 | time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return bytes;
    }
}
