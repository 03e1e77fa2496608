package dev.stowage.local.blob;

import dev.stowage.core.object.ChecksumAlgorithm;

/**
 * Room for the few pieces of a body that wait to be hashed, the oldest first. To be guarded by who uses it, but for {@link #hashFirst}: only
 * what is first is touched there, and whoever calls it is also the one who removes it.
 */
final class HashBuffer {

    /** How long a piece can be, in bytes. */
    static final int PIECE = 128 << 10;

    /** How many there is room for. */
    static final int PIECES = 4;

    private final byte[][] pieces = new byte[PIECES][PIECE];
    private final int[] lengths = new int[PIECES];
    private int first;
    private int size;

    /** How many pieces wait. */
    int size() {
        return size;
    }

    /** Copies a piece; there must be room. */
    void add(byte[] bytes, int length) {
        int next = (first + size) % PIECES;
        System.arraycopy(bytes, 0, pieces[next], 0, length);
        lengths[next] = length;
        size++;
    }

    /** Hashes the oldest piece, which stays. */
    void hashFirst(ChecksumAlgorithm.Hasher hasher) {
        hasher.update(pieces[first], 0, lengths[first]);
    }

    /** Forgets the oldest piece. */
    void removeFirst() {
        first = (first + 1) % PIECES;
        size--;
    }
}
