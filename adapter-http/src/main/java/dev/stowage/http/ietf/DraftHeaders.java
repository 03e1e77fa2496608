package dev.stowage.http.ietf;

import dev.stowage.core.upload.ResumableStatus;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The fields of requests and answers: items of RFC 9651. What is none of the type that the draft says is as good as not there. */
final class DraftHeaders {

    static final String BODY_TYPE = "application/partial-upload";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String COMPLETE = "Upload-Complete";
    static final String LIMIT = "Upload-Limit";

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,15}");

    private DraftHeaders() {}

    static OptionalLong number(Context ctx, String name) {
        String text = text(ctx, name);
        return INTEGER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Whether the file ends with the request's body; empty when the request does not speak of uploads at all. */
    static Optional<Boolean> complete(Context ctx) {
        return switch (text(ctx, COMPLETE)) {
            case "?1" -> Optional.of(true);
            case "?0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static boolean isAppend(Context ctx) {
        return text(ctx, "Content-Type").equalsIgnoreCase(BODY_TYPE);
    }

    /** The file's size, as far as the request tells: by a field of its own, or by its body when that is all there is still to come. */
    static OptionalLong size(Context ctx, long offset) {
        OptionalLong told = number(ctx, LENGTH);
        long body = ctx.req().getContentLengthLong();
        boolean last = complete(ctx).orElse(false) && body >= 0;
        if (told.isPresent() && last && told.getAsLong() != offset + body) {
            throw DraftProblems.inconsistentLength();
        }
        return told.isPresent() || !last ? told : OptionalLong.of(offset + body);
    }

    static void state(Context ctx, ResumableStatus status) {
        ctx.header(OFFSET, Long.toString(status.offset()));
        ctx.header(COMPLETE, status.isComplete() ? "?1" : "?0");
    }

    /**
     * @param maxSize of a file, in bytes
     * @param lifetime that is left
     */
    static String limit(long maxSize, Duration lifetime) {
        return "max-size=" + maxSize + ", max-age=" + lifetime.toSeconds();
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.req().getHeader(name)).orElse("").strip();
    }
}
