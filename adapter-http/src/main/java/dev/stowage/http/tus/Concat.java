package dev.stowage.http.tus;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.http.route.Routes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The value of {@code Upload-Concat}.
 *
 * @param kind the kind of upload
 * @param partials the partial uploads of a final upload, in order; otherwise empty; unmodifiable
 */
record Concat(Kind kind, List<ResumableId> partials) {

    private static final String FINAL = "final;";
    private static final int MAX_SHOWN = 200;
    private static final int MAX_URL = 1024;

    private static final Pattern PARTIAL_URL = Pattern.compile("(?:(?i:https?)://[A-Za-z0-9.:\\[\\]_~%-]+)?"
            + "(?:/(?!api/v1/tus/)[A-Za-z0-9._~%@!$&'()*+-]+)*" + Routes.TUS + "/(?<id>[0-9a-f]{32})");

    enum Kind {
        WHOLE,
        PARTIAL,
        FINAL
    }

    Concat {
        partials = List.copyOf(partials);
    }

    /**
     * @param field the value; empty when the field is missing
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
            throw invalid("must be partial, or final; followed by the URLs of the partial uploads");
        }
        return new Concat(
                Kind.FINAL,
                Stream.of(field.substring(FINAL.length()).strip().split(" +"))
                        .map(Concat::partial)
                        .toList());
    }

    /**
     * Returns the upload of an absolute URL or a path. The host is not compared, because a service may have several, nor the prefix of the
     * path, which a reverse proxy may have added.
     */
    private static ResumableId partial(String url) {
        Matcher matcher = PARTIAL_URL.matcher(url);
        if (url.length() > MAX_URL || !matcher.matches()) {
            throw invalid("names " + shown(url)
                    + ", which is not the URL of an upload of this service. Separate URLs by spaces, as in final;"
                    + Routes.TUS
                    + "/a "
                    + Routes.TUS + "/b");
        }
        return new ResumableId(matcher.group("id"));
    }

    private static String shown(String url) {
        return url.isEmpty() ? "nothing" : url.length() <= MAX_SHOWN ? url : url.substring(0, MAX_SHOWN) + "…";
    }

    private static InvalidInput invalid(String what) {
        return InvalidInput.ofField("Upload-Concat", "Upload-Concat " + what);
    }
}
