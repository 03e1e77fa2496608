package dev.stowage.http.ietf;

import dev.stowage.core.upload.ResumableStatus;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The header fields of the draft: items of RFC 9651. A value that does not have the type that the draft defines is ignored. */
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

    /** Whether the file ends with the request's body; empty when the field is missing. */
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

    /** Returns the file's size if the request has it: in its own field, or from the length of the body if the file ends with it. */
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
     * @param maxSize the maximum size of a file, in bytes
     * @param lifetime the remaining lifetime of the upload
     */
    static String limit(long maxSize, Duration lifetime) {
        return "max-size=" + maxSize + ", max-age=" + lifetime.toSeconds();
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.req().getHeader(name)).orElse("").strip();
    }
}
