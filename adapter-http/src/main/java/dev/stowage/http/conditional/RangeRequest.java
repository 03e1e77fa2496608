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

/** The ranges of a {@code GET}, and the version that {@code If-Range} requires (RFC 9110, sections 13.1.5 and 14.2). */
public final class RangeRequest {

    private final List<ByteRange> ranges;
    private final Optional<String> ifRange;

    private RangeRequest(List<ByteRange> ranges, Optional<String> ifRange) {
        this.ranges = ranges;
        this.ifRange = ifRange;
    }

    /** @param headers returns the values of a field, one for each field line, by its case-insensitive name */
    public static RangeRequest parse(Function<String, List<String>> headers) {
        List<String> range = headers.apply("Range");
        List<String> ifRange = headers.apply("If-Range");
        return new RangeRequest(
                range.size() == 1 ? RangeHeader.parse(range.get(0)).orElse(List.of()) : List.of(),
                ifRange.isEmpty() ? Optional.empty() : Optional.of(String.join(",", ifRange)));
    }

    /** Whether the whole object is requested. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether the object's size or version must be known to determine the bytes to read. */
    public boolean needsLook() {
        return ranges.size() > 1 || (ifRange.isPresent() && !ranges.isEmpty());
    }

    /** The range, if there is exactly one. */
    public Optional<ByteRange> single() {
        return ranges.size() == 1 ? Optional.of(ranges.get(0)) : Optional.empty();
    }

    /**
     * Returns the spans of the object to send, with overlapping and adjacent ones merged; empty for the whole object.
     *
     * @throws RangeNotSatisfiable when no range overlaps the object
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

    /** Whether {@code If-Range} has the object's strong ETag or exact date; otherwise the whole object is sent. */
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
     * Adds a span, merged with those that it overlaps or adjoins, in the place of the first of them (section 15.3.7.2). Each byte is sent
     * once, however often it is requested.
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
