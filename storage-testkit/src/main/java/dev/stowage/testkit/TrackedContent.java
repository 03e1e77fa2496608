package dev.stowage.testkit;

import dev.stowage.core.object.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A body that records how often it is opened, and how often each of its streams is closed. Safe for concurrent use. */
public final class TrackedContent implements Content {

    private final Content content;
    private final boolean replayable;
    private final List<AtomicInteger> closes = new CopyOnWriteArrayList<>();

    /** @param replayable what it declares, whatever {@code content} supports */
    public TrackedContent(Content content, boolean replayable) {
        this.content = content;
        this.replayable = replayable;
    }

    @Override
    public OptionalLong length() {
        return content.length();
    }

    @Override
    public boolean replayable() {
        return replayable;
    }

    @Override
    public InputStream open() throws IOException {
        AtomicInteger closed = new AtomicInteger();
        InputStream stream = content.open();
        closes.add(closed);
        return new FilterInputStream(stream) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                closed.incrementAndGet();
                in.close();
            }
        };
    }

    /** Returns how often it was opened. */
    public int opened() {
        return closes.size();
    }

    /** Returns how often each stream was closed, in the order in which they were opened. */
    public List<Integer> closed() {
        return closes.stream().map(AtomicInteger::get).toList();
    }
}
