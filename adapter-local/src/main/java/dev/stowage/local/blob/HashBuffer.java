package dev.stowage.local.blob;

import dev.stowage.core.object.ChecksumAlgorithm;

/**
 * A queue of a few chunks of a body that wait to be hashed. Callers synchronize access, except for {@link #hashFirst}, which only touches
 * the oldest chunk; its caller is also the one that removes it.
 */
final class HashBuffer {

    /** The maximum size of a chunk, in bytes. */
    static final int PIECE = 128 << 10;

    /** The maximum number of chunks. */
    static final int PIECES = 4;

    private final byte[][] pieces = new byte[PIECES][PIECE];
    private final int[] lengths = new int[PIECES];
    private int first;
    private int size;

    /** The number of waiting chunks. */
    int size() {
        return size;
    }

    /** Copies a chunk; there must be room. */
    void add(byte[] bytes, int length) {
        int next = (first + size) % PIECES;
        System.arraycopy(bytes, 0, pieces[next], 0, length);
        lengths[next] = length;
        size++;
    }

    /** Hashes the oldest chunk without removing it. */
    void hashFirst(ChecksumAlgorithm.Hasher hasher) {
        hasher.update(pieces[first], 0, lengths[first]);
    }

    /** Removes the oldest chunk. */
    void removeFirst() {
        first = (first + 1) % PIECES;
        size--;
    }
}
