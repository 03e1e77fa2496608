package dev.stowage.core.object;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.ChecksumMismatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stream with which a store reads a {@link Content}; it verifies the bytes.
 *
 * <p>It fails with an unchecked exception of this service when the body is shorter or longer than announced, does not match a digest, or
 * can't be read, so that a store can tell a client's errors from its own. If the length is known, it fails <em>before</em> it returns the
 * last bytes (for an empty body: when it is opened), so that a store that is sent a fixed number of bytes never receives a complete body
 * that is wrong. If the length is unknown, only the end of the stream ({@code -1}) confirms the body, and a store must not commit before
 * it. After a failure, every further read fails in the same way.
 *
 * <p>For one thread. Closing it closes the source once; further calls do nothing.
 */
public final class ContentStream extends BodyStream {

    private static final CheckedContent.Check NO_CHECK = (size, complete) -> {};

    private final Content content;
    private final InputStream source;
    private final OptionalLong announced;
    private final CheckedContent.Check check;
    private final List<Running> digests = new ArrayList<>();
    private long position;
    private boolean verified;
    private boolean closed;
    private @Nullable RuntimeException failure;

    private ContentStream(Content content, InputStream source, CheckedContent.Check check, List<Checksum> expected) {
        this.content = content;
        this.source = source;
        this.announced = content.length();
        this.check = check;
        for (Checksum checksum : expected) {
            digests.add(new Running(checksum, checksum.algorithm().newHasher()));
        }
    }

    /**
     * Opens {@code content}.
     *
     * @param expected digests that the bytes have to match
     * @throws BrokenContent when the source can't be opened
     * @throws ChecksumMismatch when an announced empty body does not match
     */
    public static ContentStream open(Content content, List<Checksum> expected) {
        ContentStream stream = content instanceof CheckedContent checked
                ? open(checked.content(), checked.check(), expected)
                : open(content, NO_CHECK, expected);
        try {
            stream.verifyIfComplete();
            if (stream.verified) {
                stream.runCheck();
            }
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
        return stream;
    }

    /** Returns the number of bytes that were read. */
    public long position() {
        return position;
    }

    /** Returns the digests that the whole body was verified to have. Empty until it has been read to its end. */
    public List<Checksum> digests() {
        if (!verified) {
            return List.of();
        }
        return Stream.concat(digests.stream().map(Running::expected), content.digests().stream())
                .distinct()
                .toList();
    }

    /**
     * Reads like {@link InputStream}.
     *
     * @throws BrokenContent when the body ends early, is too long or can't be read
     * @throws ChecksumMismatch when these would be the last bytes and the digest differs
     */
    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        return length == 0 ? 0 : take(buffer, offset, length);
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) {
        if (failure != null) {
            throw failure;
        }
        try {
            int count = verified ? -1 : readOn(buffer, offset, length);
            runCheck();
            return count;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Closes the source. A failure to close it does not affect the bytes that were read. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            source.close();
        } catch (IOException ignored) {
            // The body has been verified by now, or is being abandoned.
        }
    }

    private static ContentStream open(Content content, CheckedContent.Check check, List<Checksum> expected) {
        try {
            return new ContentStream(content, content.open(), check, expected);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void runCheck() {
        try {
            check.check(position, verified);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int readOn(byte[] buffer, int offset, int length) {
        int count = pull(buffer, offset, length);
        if (count < 0) {
            if (announced.isPresent()) {
                throw new BrokenContent("The body ended after " + position + " of " + announced.getAsLong()
                        + " bytes; nothing was stored");
            }
            verify();
            return -1;
        }
        position += count;
        for (Running digest : digests) {
            digest.hasher().update(buffer, offset, count);
        }
        verifyIfComplete();
        return count;
    }

    private int pull(byte[] buffer, int offset, int length) {
        try {
            int count = source.read(buffer, offset, length);
            if (count == 0) {
                throw new IOException("the source returned no byte");
            }
            return count;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void verifyIfComplete() {
        if (announced.isEmpty() || position < announced.getAsLong()) {
            return;
        }
        if (position > announced.getAsLong() || pull(new byte[1], 0, 1) >= 0) {
            throw new BrokenContent(
                    "The body is longer than the " + announced.getAsLong() + " bytes announced; nothing was stored");
        }
        verify();
    }

    private void verify() {
        for (Running digest : digests) {
            Checksum actual =
                    Checksum.of(digest.expected().algorithm(), digest.hasher().finish());
            if (!actual.equals(digest.expected())) {
                throw new ChecksumMismatch(
                        actual.algorithm().id(), digest.expected().base64(), actual.base64());
            }
        }
        verified = true;
    }

    private static BrokenContent unreadable(IOException cause) {
        return new BrokenContent("The body could not be read to its end; nothing was stored", cause);
    }

    private record Running(Checksum expected, ChecksumAlgorithm.Hasher hasher) {}
}
