package dev.stowage.s3api.auth;

import dev.stowage.core.config.Secret;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the signature of a form claims, before it is verified: the signature covers the policy in the form, and nothing else
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html">Browser-based uploads using POST</a>).
 *
 * @param scope empty for Signature Version 2, with which boto3 still signs forms by default
 * @param time of signing; empty likewise
 */
record FormClaim(
        String accessKeyId, Optional<CredentialScope> scope, Optional<Instant> time, String policy, String signature) {

    /** How long a signing key can be used, as with S3. */
    private static final Duration MAX_AGE = Duration.ofDays(7);

    /**
     * Parses the signature of a form.
     *
     * @param fields by their names in lower case
     * @return empty for a form without a policy
     * @throws S3ErrorException when it is malformed, or of another kind
     */
    static Optional<FormClaim> of(Map<String, String> fields) {
        String policy = fields.getOrDefault("policy", "");
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        if (fields.containsKey("x-amz-security-token")) {
            throw SignatureClaim.noTokens();
        }
        return Optional.of(fields.containsKey("x-amz-algorithm") ? ofFourth(fields, policy) : ofSecond(fields, policy));
    }

    private static FormClaim ofFourth(Map<String, String> fields, String policy) {
        if (!required(fields, "x-amz-algorithm").equals(SignatureClaim.ALGORITHM)) {
            throw malformed("x-amz-algorithm", "must be " + SignatureClaim.ALGORITHM);
        }
        List<String> credential =
                Arrays.asList(required(fields, "x-amz-credential").split("/", -1));
        int scopeAt = Math.max(0, credential.size() - 4);
        CredentialScope scope = CredentialScope.parse(String.join("/", credential.subList(scopeAt, credential.size())))
                .orElseThrow(() -> malformed("x-amz-credential", "must be ACCESS_KEY_ID/DATE/REGION/s3/aws4_request"));
        Instant time = HttpTime.parseBasic(required(fields, "x-amz-date"))
                .orElseThrow(() -> malformed("x-amz-date", "must look like 20260101T000000Z"));
        return new FormClaim(
                String.join("/", credential.subList(0, scopeAt)),
                Optional.of(scope),
                Optional.of(time),
                policy,
                required(fields, "x-amz-signature"));
    }

    private static FormClaim ofSecond(Map<String, String> fields, String policy) {
        return new FormClaim(
                required(fields, "awsaccesskeyid"),
                Optional.empty(),
                Optional.empty(),
                policy,
                required(fields, "signature"));
    }

    /** Whether the signature was made with a secret. */
    boolean isSignedWith(Secret secret) {
        return scope.map(own -> SigningKey.derive(secret, own).verifies(signature, policy))
                .orElseGet(() -> SigningKey.verifiesSecond(secret, signature, policy));
    }

    /** @throws S3ErrorException when the signature is too old, or from the future */
    void checkTime(Instant now, Duration maxSkew) {
        time.ifPresent(signed -> {
            if (signed.isAfter(now.plus(maxSkew)) || !now.isBefore(signed.plus(MAX_AGE))) {
                throw new S3ErrorException(
                        S3ErrorCode.ACCESS_DENIED,
                        "Invalid according to Policy: Policy expired. It is signed for x-amz-date, and for seven days at most.");
            }
        });
    }

    private static String required(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> malformed(name, "is required in a form with a policy"));
    }

    private static S3ErrorException malformed(String field, String what) {
        return S3ErrorException.invalidArgument(field, "", "The form field " + field + " " + what);
    }
}
