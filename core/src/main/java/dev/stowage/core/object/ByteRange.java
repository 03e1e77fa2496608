package dev.stowage.core.object;

import dev.stowage.core.error.RangeNotSatisfiable;

/** A range of bytes as requested, before the object's size is known (RFC 9110, section 14.1.2). */
public sealed interface ByteRange {

    /**
     * Returns the bytes in this range of an object of {@code size} bytes; at least one.
     *
     * @throws RangeNotSatisfiable when there is no such byte
     */
    ByteSpan resolve(long size);

    /** The bytes from {@code first} to {@code last}, both included; cut at the object's end. */
    record Slice(long first, long last) implements ByteRange {
        /** @throws IllegalArgumentException unless {@code 0 <= first <= last} */
        public Slice {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("not a range: " + first + "-" + last);
            }
        }

        @Override
        public ByteSpan resolve(long size) {
            return span(first, Math.min(last, size - 1), size);
        }
    }

    /** The bytes from {@code first} to the end. */
    record From(long first) implements ByteRange {
        /** @throws IllegalArgumentException when {@code first} is negative */
        public From {
            if (first < 0) {
                throw new IllegalArgumentException("not a range: " + first + "-");
            }
        }

        @Override
        public ByteSpan resolve(long size) {
            return span(first, size - 1, size);
        }
    }

    /** The last {@code length} bytes, or all if there are fewer. */
    record Suffix(long length) implements ByteRange {
        /** @throws IllegalArgumentException when {@code length} is negative; zero is valid and never satisfiable */
        public Suffix {
            if (length < 0) {
                throw new IllegalArgumentException("no range: -" + length);
            }
        }

        @Override
        public ByteSpan resolve(long size) {
            return span(size - Math.min(length, size), size - 1, size);
        }
    }

    private static ByteSpan span(long first, long last, long size) {
        if (first > last) {
            throw new RangeNotSatisfiable(size);
        }
        return new ByteSpan(first, last - first + 1);
    }
}
