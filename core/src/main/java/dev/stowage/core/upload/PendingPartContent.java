package dev.stowage.core.upload;

import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.records.ResumableSessions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The content of a part: its recorded bytes, read chunk by chunk, followed by those in memory. The store closes its streams; the memory
 * belongs to the {@link PendingPart}, which {@link PartWriter} releases after the store has returned.
 */
final class PendingPartContent implements Content {

    private final ResumableSessions uploads;
    private final FencingToken token;
    private final boolean fenced;
    private final long start;
    private final long recorded;
    private final long size;
    private final List<byte[]> held;

    private PendingPartContent(ResumableSessions uploads, FencingToken token, PendingPart part, boolean fenced) {
        this.uploads = uploads;
        this.token = token;
        this.fenced = fenced;
        this.start = part.start();
        this.recorded = part.recorded();
        this.size = part.size();
        this.held = part.chunks();
    }

    /**
     * Returns the content of a part, whose last byte is not read after a newer request has taken over.
     *
     * @param part must not change or release its memory while the content is in use
     */
    static PendingPartContent fenced(ResumableSessions uploads, FencingToken token, PendingPart part) {
        return new PendingPartContent(uploads, token, part, true);
    }

    /** Like {@link #fenced}, for the only part of a file that is being put: nothing can take over. */
    static PendingPartContent whole(ResumableSessions uploads, FencingToken token, PendingPart part) {
        return new PendingPartContent(uploads, token, part, false);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public InputStream open() {
        return new Chunks();
    }

    private final class Chunks extends ChunkStream {

        private long position;
        private int next;

        @Override
        protected Optional<byte[]> next() throws IOException {
            if (position == size) {
                return Optional.empty();
            }
            boolean last = position >= recorded && next == held.size() - 1;
            if (fenced && last && !uploads.isCurrent(token)) {
                throw new IOException("a newer request has taken over");
            }
            byte[] chunk = position < recorded
                    ? uploads.read(token, start + position)
                            .orElseThrow(() -> new IOException("a newer request has taken over"))
                    : held.get(next++);
            position += chunk.length;
            return Optional.of(chunk);
        }
    }
}
