package dev.stowage.s3api.auth;

import dev.stowage.core.key.PercentEncoding;
import dev.stowage.s3api.request.QueryText;
import dev.stowage.s3api.request.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of a request that is hashed and signed ("Task 1: Create a Canonical Request"). */
final class CanonicalRequest {

    private static final Pattern SPACES = Pattern.compile(" +");

    private CanonicalRequest() {}

    /**
     * Returns the string to sign.
     *
     * @param payload the value of {@code x-amz-content-sha256}
     */
    static String stringToSign(RequestHead head, SignatureClaim claim, String payload) {
        String canonical = String.join(
                "\n",
                head.method(),
                PercentEncoding.encodePath(head.path()),
                query(head.query()),
                headers(head, claim.signedHeaders()),
                String.join(";", claim.signedHeaders()),
                payload);
        // Each char of a header's value is a byte; everything else is ASCII.
        String hash = SigningKey.sha256(canonical.getBytes(StandardCharsets.ISO_8859_1));
        return String.join(
                "\n", SignatureClaim.ALGORITHM, claim.timestamp(), claim.scope().toString(), hash);
    }

    private static String query(QueryText query) {
        return query.parameters().stream()
                .filter(parameter -> !parameter.name().equals(SignatureClaim.SIGNATURE_PARAMETER))
                .map(parameter -> new QueryText.Parameter(
                        PercentEncoding.encode(parameter.name()), PercentEncoding.encode(parameter.value())))
                .sorted(Comparator.comparing(QueryText.Parameter::name).thenComparing(QueryText.Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    private static String trimmed(String value) {
        String stripped = value.strip();
        return stripped.contains("  ") ? SPACES.matcher(stripped).replaceAll(" ") : stripped;
    }

    private static String headers(RequestHead head, List<String> names) {
        return names.stream()
                .map(name -> name + ":"
                        + head.headers().all(name).stream()
                                .map(CanonicalRequest::trimmed)
                                .collect(Collectors.joining(","))
                        + "\n")
                .collect(Collectors.joining());
    }
}
