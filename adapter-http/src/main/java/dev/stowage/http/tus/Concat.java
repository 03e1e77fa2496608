package dev.stowage.http.tus;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.session.ResumableId;
import dev.stowage.http.route.Routes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code Upload-Concat} says of an upload.
 *
 * @param kind of upload
 * @param pieces in their order; none unless it is a final one; unmodifiable
 */
record Concat(Kind kind, List<ResumableId> pieces) {

    private static final String FINAL = "final;";

    enum Kind {
        WHOLE,
        PARTIAL,
        FINAL
    }

    Concat {
        pieces = List.copyOf(pieces);
    }

    /**
     * @param field empty when there is none
     * @throws InvalidInput when it is neither {@code partial} nor {@code final} with URLs of uploads
     */
    static Concat parse(String field) {
        if (field.isEmpty()) {
            return new Concat(Kind.WHOLE, List.of());
        }
        if (field.equals("partial")) {
            return new Concat(Kind.PARTIAL, List.of());
        }
        if (!field.startsWith(FINAL)) {
            throw invalid("is partial, or final; with the URLs of the uploads");
        }
        return new Concat(
                Kind.FINAL,
                Stream.of(field.substring(FINAL.length()).strip().split(" +"))
                        .map(Concat::piece)
                        .toList());
    }

    private static ResumableId piece(String url) {
        try {
            String path = URI.create(url).getPath();
            String prefix = Routes.TUS + "/";
            // A reverse proxy may have put the service below a path of its own.
            int start = path == null ? -1 : path.lastIndexOf(prefix);
            if (start >= 0) {
                return new ResumableId(path.substring(start + prefix.length()));
            }
        } catch (IllegalArgumentException e) {
            throw invalid("names something that is no URL");
        }
        throw invalid("names " + url + ", which is no upload here");
    }

    private static InvalidInput invalid(String what) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, "Upload-Concat " + what, Map.of("field", "Upload-Concat"));
    }
}
