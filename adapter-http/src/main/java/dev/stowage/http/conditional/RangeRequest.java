package dev.stowage.http.conditional;

import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The ranges that a {@code GET} asks for, and {@code If-Range}, which says of what version (RFC 9110, sections 13.1.5, 14.2). */
public final class RangeRequest {

    private final List<ByteRange> ranges;
    private final Optional<String> ifRange;

    private RangeRequest(List<ByteRange> ranges, Optional<String> ifRange) {
        this.ranges = ranges;
        this.ifRange = ifRange;
    }

    /** @param headers the values of a field, one for each line of it, by its name in any case */
    public static RangeRequest parse(Function<String, List<String>> headers) {
        List<String> range = headers.apply("Range");
        List<String> ifRange = headers.apply("If-Range");
        return new RangeRequest(
                range.size() == 1 ? RangeHeader.parse(range.get(0)).orElse(List.of()) : List.of(),
                ifRange.isEmpty() ? Optional.empty() : Optional.of(String.join(",", ifRange)));
    }

    /** Whether the whole object is asked for. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether what is there must be known before the bytes to read are. */
    public boolean needsLook() {
        return ranges.size() > 1 || (ifRange.isPresent() && !ranges.isEmpty());
    }

    /** The one range that is asked for. */
    public Optional<ByteRange> single() {
        return ranges.size() == 1 ? Optional.of(ranges.get(0)) : Optional.empty();
    }

    /**
     * The stretches of the object to send, those that touch joined; none for the whole object.
     *
     * @throws RangeNotSatisfiable when no byte of the object lies in any range
     */
    public List<ByteSpan> spans(Etag etag, Instant lastModified, long size) {
        if (ranges.isEmpty() || !ifRangeHolds(etag, lastModified)) {
            return List.of();
        }
        List<ByteSpan> spans = new ArrayList<>();
        for (ByteRange range : ranges) {
            resolve(range, size).ifPresent(span -> add(spans, span));
        }
        if (spans.isEmpty()) {
            throw new RangeNotSatisfiable(size);
        }
        return List.copyOf(spans);
    }

    /** A strong tag, or a date that is exactly that of the object; anything else does not hold, so all is sent. */
    private boolean ifRangeHolds(Etag etag, Instant lastModified) {
        if (ifRange.isEmpty()) {
            return true;
        }
        String text = ifRange.get().strip();
        if (text.equals(etag.quoted())) {
            return true;
        }
        return HttpDate.parse(text)
                .filter(date -> date.equals(lastModified.truncatedTo(ChronoUnit.SECONDS)))
                .isPresent();
    }

    private static Optional<ByteSpan> resolve(ByteRange range, long size) {
        try {
            return Optional.of(range.resolve(size));
        } catch (RangeNotSatisfiable outside) {
            return Optional.empty();
        }
    }

    /**
     * Adds a span, joined with those it overlaps or adjoins, in the place of the first of them (section 15.3.7.2): so however often
     * a client names a byte, it is sent once.
     */
    private static void add(List<ByteSpan> spans, ByteSpan span) {
        ByteSpan joined = span;
        int place = spans.size();
        for (int i = spans.size() - 1; i >= 0; i--) {
            if (touch(spans.get(i), joined)) {
                joined = join(spans.remove(i), joined);
                place = i;
            }
        }
        spans.add(place, joined);
    }

    private static boolean touch(ByteSpan a, ByteSpan b) {
        return a.offset() - b.last() <= 1 && b.offset() - a.last() <= 1;
    }

    private static ByteSpan join(ByteSpan a, ByteSpan b) {
        long offset = Math.min(a.offset(), b.offset());
        return new ByteSpan(offset, Math.max(a.last(), b.last()) - offset + 1);
    }
}
