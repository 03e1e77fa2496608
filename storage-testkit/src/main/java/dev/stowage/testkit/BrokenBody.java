package dev.stowage.testkit;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.object.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The ways in which a body of at least one byte can be broken. */
enum BrokenBody {
    CANT_BE_OPENED(BrokenContent.class) {
        @Override
        Content of(long size) {
            return new Content() {
                @Override
                public OptionalLong length() {
                    return OptionalLong.of(size);
                }

                @Override
                public boolean replayable() {
                    return false;
                }

                @Override
                public InputStream open() throws IOException {
                    throw new IOException("no such source");
                }
            };
        }
    },
    BREAKS_OFF_AT_ONCE(BrokenContent.class) {
        @Override
        Content of(long size) {
            return BreakingContent.after(0, SEED, OptionalLong.of(size));
        }
    },
    BREAKS_OFF_HALF_WAY(BrokenContent.class) {
        @Override
        Content of(long size) {
            return BreakingContent.after(size / 2, SEED, OptionalLong.of(size));
        }
    },
    BREAKS_OFF_BEFORE_THE_LAST_BYTE(BrokenContent.class) {
        @Override
        Content of(long size) {
            return BreakingContent.after(size - 1, SEED, OptionalLong.of(size));
        }
    },
    BREAKS_OFF_UNANNOUNCED(BrokenContent.class) {
        @Override
        Content of(long size) {
            return BreakingContent.after(size, SEED, OptionalLong.empty());
        }
    },
    IS_SHORTER_THAN_ANNOUNCED(BrokenContent.class) {
        @Override
        Content of(long size) {
            return Bodies.ofWrongLength(size - 1, SEED, size);
        }
    },
    IS_LONGER_THAN_ANNOUNCED(BrokenContent.class) {
        @Override
        Content of(long size) {
            return Bodies.ofWrongLength(size + 1, SEED, size);
        }
    },
    IS_MUCH_LONGER_THAN_ANNOUNCED(BrokenContent.class) {
        @Override
        Content of(long size) {
            return Bodies.ofWrongLength(size + 1_000_000, SEED, size);
        }
    },
    IS_REFUSED_HALF_WAY(PayloadTooLarge.class) {
        @Override
        Content of(long size) {
            return BreakingContent.with(new PayloadTooLarge(size), size / 2, SEED, OptionalLong.of(size));
        }
    },
    IS_REFUSED_UNANNOUNCED(PayloadTooLarge.class) {
        @Override
        Content of(long size) {
            return BreakingContent.with(new PayloadTooLarge(size), size, SEED, OptionalLong.empty());
        }
    };

    private static final long SEED = 13;

    private final Class<? extends StorageException> error;

    BrokenBody(Class<? extends StorageException> error) {
        this.error = error;
    }

    /** Returns the broken variant of a body of {@code size} bytes. */
    abstract Content of(long size);

    /** Returns the error with which a store rejects it. */
    Class<? extends StorageException> error() {
        return error;
    }
}
