package dev.stowage.core.object;

import dev.stowage.core.error.PayloadTooLarge;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A body with a check that runs while the body is read. {@link ContentStream} runs it, so a body with several checks still needs one
 * stream.
 */
public final class CheckedContent implements Content {

    private final Content content;
    private final Check check;

    private CheckedContent(Content content, Check check) {
        this.content = content;
        this.check = check;
    }

    /** Returns {@code content} with one more check, which runs after those that it has already. */
    public static CheckedContent of(Content content, Check check) {
        if (!(content instanceof CheckedContent checked)) {
            return new CheckedContent(content, check);
        }
        return new CheckedContent(checked.content, (size, complete) -> {
            checked.check.check(size, complete);
            check.check(size, complete);
        });
    }

    /**
     * Returns {@code content} with a limit on its size. Reading fails with {@link PayloadTooLarge} at the first byte over the limit.
     *
     * @param maxSize in bytes
     * @throws PayloadTooLarge if the known length of the content is over the limit
     */
    public static CheckedContent limited(Content content, long maxSize) {
        if (content.length().orElse(0) > maxSize) {
            throw new PayloadTooLarge(maxSize);
        }
        return of(content, (size, complete) -> {
            if (size > maxSize) {
                throw new PayloadTooLarge(maxSize);
            }
        });
    }

    @Override
    public OptionalLong length() {
        return content.length();
    }

    @Override
    public boolean replayable() {
        return content.replayable();
    }

    @Override
    public List<Checksum> digests() {
        return content.digests();
    }

    @Override
    public ContentStream open() {
        return ContentStream.open(this, List.of());
    }

    Content content() {
        return content;
    }

    Check check() {
        return check;
    }

    /** A check of a body while it is read. */
    @FunctionalInterface
    public interface Check {

        /**
         * Decides whether the bytes that were just read may be handed out. An exception ends the body, so nothing is stored.
         *
         * @param size the number of bytes read so far, including these
         * @param complete whether the body is complete, with the right length and digests; may be true in several calls
         * @throws IOException to end the body as one that can't be read
         */
        void check(long size, boolean complete) throws IOException;
    }
}
