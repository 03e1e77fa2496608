package dev.stowage.s3api.auth;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.request.QueryText;
import dev.stowage.s3api.request.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the signature of a request claims, before it is verified.
 *
 * @param timestamp the time of signing, such as {@code 20260101T000000Z}
 * @param signedHeaders the names of the signed fields, in the order in which they were signed
 * @param expiry the lifetime of a presigned URL, zero if it has none; empty for a signature in a header field
 */
record SignatureClaim(
        String accessKeyId,
        CredentialScope scope,
        Instant time,
        String timestamp,
        List<String> signedHeaders,
        String signature,
        Optional<Duration> expiry) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

    private static final String ALGORITHM_PARAMETER = "X-Amz-Algorithm";

    /** The longest lifetime of a presigned URL. */
    private static final long MAX_EXPIRY = Duration.ofDays(7).toSeconds();

    /**
     * Parses the signature of a request, in {@code Authorization} or in the query.
     *
     * @return empty for a request without a signature
     * @throws S3ErrorException when it is malformed, or of another kind
     */
    static Optional<SignatureClaim> of(RequestHead head) {
        Optional<String> authorization = head.headers().get("Authorization");
        boolean presigned =
                head.query().has(ALGORITHM_PARAMETER) || head.query().has(SIGNATURE_PARAMETER);
        if (authorization.isPresent() && presigned) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_ARGUMENT,
                    "Send the signature either in Authorization or in the query, not in both");
        }
        if (head.query().has("AWSAccessKeyId")) {
            throw otherKind();
        }
        if (presigned) {
            return Optional.of(ofQuery(head.query()));
        }
        return authorization
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> ofHeader(value, head));
    }

    private static SignatureClaim ofHeader(String value, RequestHead head) {
        if (!value.startsWith(ALGORITHM + " ")) {
            throw otherKind();
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : value.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals < 0
                    || fields.put(
                                    field.substring(0, equals).strip(),
                                    field.substring(equals + 1).strip())
                            != null) {
                throw malformedHeader();
            }
        }
        String timestamp = head.headers()
                .get("x-amz-date")
                .or(() -> head.headers().get("Date").flatMap(HttpTime::parse).map(HttpTime::basic))
                .map(String::strip)
                .orElse("");
        Instant time = HttpTime.parseBasic(timestamp)
                .orElseThrow(() -> new S3ErrorException(
                        S3ErrorCode.ACCESS_DENIED, "A signed request needs a valid x-amz-date or Date"));
        return new Builder(S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED)
                .build(
                        fields.getOrDefault("Credential", ""),
                        fields.getOrDefault("SignedHeaders", ""),
                        fields.getOrDefault("Signature", ""),
                        timestamp,
                        time,
                        Optional.empty());
    }

    private static SignatureClaim ofQuery(QueryText query) {
        if (!query.get(ALGORITHM_PARAMETER).orElse("").equals(ALGORITHM)) {
            throw new S3ErrorException(
                    S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR, ALGORITHM_PARAMETER + " must be " + ALGORITHM);
        }
        if (query.text("X-Amz-Security-Token").isPresent()) {
            throw noTokens();
        }
        Builder builder = new Builder(S3ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR);
        String timestamp = query.get("X-Amz-Date").orElse("");
        Instant time = HttpTime.parseBasic(timestamp)
                .orElseThrow(() -> builder.malformed("X-Amz-Date must look like 20260101T000000Z"));
        return builder.build(
                query.get("X-Amz-Credential").orElse(""),
                query.get("X-Amz-SignedHeaders").orElse(""),
                query.get(SIGNATURE_PARAMETER).orElse(""),
                timestamp,
                time,
                Optional.of(builder.expiry(query.get("X-Amz-Expires").orElse(""))));
    }

    /** The service issues no session tokens. */
    static S3ErrorException noTokens() {
        return new S3ErrorException(
                S3ErrorCode.INVALID_TOKEN, "The service has no session tokens; use an access key without one");
    }

    private static S3ErrorException otherKind() {
        return new S3ErrorException(
                S3ErrorCode.INVALID_REQUEST,
                "The authorization mechanism you have provided is not supported. Please use " + ALGORITHM
                        + "; with the AWS CLI and boto3, set signature_version to s3v4");
    }

    private static S3ErrorException malformedHeader() {
        return new S3ErrorException(
                S3ErrorCode.AUTHORIZATION_HEADER_MALFORMED,
                "Authorization must be " + ALGORITHM + " with Credential, SignedHeaders and Signature, each once");
    }

    /**
     * Builds claims from their parts.
     *
     * @param error the code for parts that are malformed
     */
    private record Builder(S3ErrorCode error) {

        SignatureClaim build(
                String credential,
                String signedHeaders,
                String signature,
                String timestamp,
                Instant time,
                Optional<Duration> expiry) {
            // The id is whatever precedes the scope, as it might contain slashes itself.
            String[] parts = credential.split("/", -1);
            int scopeAt = Math.max(0, parts.length - 4);
            CredentialScope scope = CredentialScope.parse(
                            String.join("/", List.of(parts).subList(scopeAt, parts.length)))
                    .orElseThrow(
                            () -> malformed(
                                    "The credential must be ACCESS_KEY_ID/DATE/REGION/s3/aws4_request, with a date of 8 digits"));
            if (!timestamp.startsWith(scope.date())) {
                throw malformed("The date of the credential must be that of the request");
            }
            List<String> names = List.of(signedHeaders.toLowerCase(Locale.ROOT).split(";", -1));
            if (!names.contains("host") || signature.isEmpty()) {
                throw malformed("The signature is missing, or does not cover the header host");
            }
            return new SignatureClaim(
                    String.join("/", List.of(parts).subList(0, scopeAt)),
                    scope,
                    time,
                    timestamp,
                    names,
                    signature,
                    expiry);
        }

        Duration expiry(String text) {
            long seconds;
            try {
                seconds = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw malformed("X-Amz-Expires must be a number of seconds");
            }
            if (seconds > MAX_EXPIRY) {
                throw malformed("X-Amz-Expires must be between 1 and " + MAX_EXPIRY + " seconds");
            }
            // Clients make URLs that have expired by lifetimes that are not positive.
            return Duration.ofSeconds(Math.max(0, seconds));
        }

        S3ErrorException malformed(String message) {
            return new S3ErrorException(error, message);
        }
    }
}
