package dev.stowage.s3api.auth;

import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.service.SignatureAuthenticator;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.request.RequestHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Authenticates requests by AWS Signature Version 4, in {@code Authorization} or in the query. Only the head of a request is read. A
 * request whose secret is wrong and one whose access key id does not exist get the same response. Safe for concurrent use.
 */
public final class SignatureVerifier {

    /** How far the clock of a client may differ, as with S3. */
    static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private static final Pattern PAYLOAD = Pattern.compile("UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+|[0-9a-f]{64}");

    /** What payloads in signed chunks begin with. */
    private static final String SIGNED_CHUNKS = "STREAMING-AWS4-";

    private static final String EMPTY_PAYLOAD = SigningKey.sha256(new byte[0]);

    private final Optional<SignatureAuthenticator> keys;
    private final AuditLog audit;
    private final InstantSource clock;
    private final RecentKeys recent = new RecentKeys();

    /**
     * @param keys empty to accept every request as {@link Principal#ANYONE}, whatever its signature
     * @param audit records the refusals
     */
    public SignatureVerifier(Optional<SignatureAuthenticator> keys, AuditLog audit, InstantSource clock) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns the caller of a request.
     *
     * @throws S3ErrorException when the signature is missing, malformed, expired or wrong
     * @throws dev.stowage.core.error.StorageUnavailable when the keys can't be looked up now
     */
    public SignedCall authenticate(RequestHead head) {
        return authenticate(head, pairs -> authenticate(pairs, head));
    }

    /**
     * Returns the caller of a request with a form.
     *
     * @param fields of the form, by their names in lower case
     * @throws S3ErrorException when the form has no policy, or its signature is malformed, expired or wrong
     * @throws dev.stowage.core.error.StorageUnavailable when the keys can't be looked up now
     */
    public SignedCall authenticateForm(RequestHead head, Map<String, String> fields) {
        return authenticate(head, pairs -> authenticateForm(pairs, fields));
    }

    private SignedCall authenticate(RequestHead head, Function<SignatureAuthenticator, SignedCall> check) {
        if (keys.isEmpty()) {
            return new SignedCall(Principal.ANYONE, Optional.empty(), () -> true);
        }
        try {
            return check.apply(keys.get());
        } catch (S3ErrorException refused) {
            audit.add(new AuditEvent(
                    Optional.empty(),
                    "authenticate",
                    Optional.empty(),
                    ErrorCode.UNAUTHORIZED.id(),
                    Map.of("method", head.method(), "path", head.path())));
            throw refused;
        }
    }

    private SignedCall authenticate(SignatureAuthenticator pairs, RequestHead head) {
        SignatureClaim claim = SignatureClaim.of(head)
                .orElseThrow(() -> new S3ErrorException(
                        S3ErrorCode.ACCESS_DENIED,
                        "Sign the request with an access key; anonymous access is not allowed"));
        if (head.headers().get("x-amz-security-token").isPresent()) {
            throw SignatureClaim.noTokens();
        }
        String payload = payload(head, claim);
        checkSigned(head, claim);
        checkTime(claim);
        String text = CanonicalRequest.stringToSign(head, claim, payload);
        Match found = match(pairs, claim.accessKeyId(), secret -> isSigned(secret, claim, text));
        Optional<ChunkSigner> chunks = payload.startsWith(SIGNED_CHUNKS)
                ? Optional.of(new ChunkSigner(
                        recent.get(found.secret(), claim.scope()),
                        claim.timestamp(),
                        claim.scope().toString(),
                        claim.signature()))
                : Optional.empty();
        return found.call(pairs, claim.accessKeyId(), chunks);
    }

    private boolean isSigned(Secret secret, SignatureClaim claim, String text) {
        SigningKey key = recent.get(secret, claim.scope());
        boolean verified = key.verifies(claim.signature(), text);
        if (verified) {
            recent.keep(secret, claim.scope(), key);
        }
        return verified;
    }

    private SignedCall authenticateForm(SignatureAuthenticator pairs, Map<String, String> fields) {
        FormClaim claim = FormClaim.of(fields)
                .orElseThrow(() -> new S3ErrorException(
                        S3ErrorCode.ACCESS_DENIED,
                        "Sign the form, with a policy before the file; anonymous access is not allowed"));
        claim.checkTime(clock.instant(), MAX_SKEW);
        return match(pairs, claim.accessKeyId(), claim::isSignedWith)
                .call(pairs, claim.accessKeyId(), Optional.empty());
    }

    /** Returns the principal and the secret by which a signature was made. @throws S3ErrorException when there is none */
    private static Match match(SignatureAuthenticator pairs, String accessKeyId, Predicate<Secret> signedWith) {
        List<Secret> used = new ArrayList<>();
        Optional<Principal> caller = pairs.authenticate(accessKeyId, secret -> {
            boolean verified = signedWith.test(secret);
            if (verified) {
                used.add(secret);
            }
            return verified;
        });
        if (caller.isEmpty() || used.isEmpty()) {
            throw new S3ErrorException(
                    S3ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                    "There is no such access key, or the signature was not made with its secret. Check both, and the"
                            + " host name and path that the client signs");
        }
        return new Match(caller.get(), used.get(0));
    }

    private record Match(Principal caller, Secret secret) {

        SignedCall call(SignatureAuthenticator pairs, String accessKeyId, Optional<ChunkSigner> chunks) {
            return new SignedCall(caller, chunks, () -> isStillValid(pairs, accessKeyId, secret, caller));
        }
    }

    private static boolean isStillValid(
            SignatureAuthenticator pairs, String accessKeyId, Secret used, Principal caller) {
        try {
            return pairs.authenticate(accessKeyId, secret -> isEqual(secret, used))
                    .filter(now -> now.id().equals(caller.id()) && now.rights().equals(caller.rights()))
                    .isPresent();
        } catch (StorageException unknown) {
            return true;
        }
    }

    private static boolean isEqual(Secret one, Secret other) {
        return MessageDigest.isEqual(
                one.value().getBytes(StandardCharsets.UTF_8), other.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what the signature covers of the body. A presigned URL covers nothing of it, unless it says otherwise. */
    private static String payload(RequestHead head, SignatureClaim claim) {
        Optional<String> sent = head.headers()
                .get("x-amz-content-sha256")
                .map(String::strip)
                .or(() -> claim.expiry().flatMap(unused -> head.query().get("X-Amz-Content-Sha256")));
        if (sent.isEmpty() && claim.expiry().isPresent()) {
            return "UNSIGNED-PAYLOAD";
        }
        if (sent.isEmpty() && !head.hasBody()) {
            return EMPTY_PAYLOAD;
        }
        if (sent.isEmpty()) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_REQUEST,
                    "Missing required header for this request: x-amz-content-sha256. Sign it, with the SHA-256 of the body"
                            + " or UNSIGNED-PAYLOAD");
        }
        return sent.filter(value -> PAYLOAD.matcher(value).matches())
                .orElseThrow(
                        () -> S3ErrorException.invalidArgument(
                                "x-amz-content-sha256",
                                sent.orElse(""),
                                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-…, or a SHA-256 in hexadecimal digits"));
    }

    /** Fields that change what a request does must be covered, or else the bearer of a presigned URL could add them. */
    private static void checkSigned(RequestHead head, SignatureClaim claim) {
        for (String name : head.headers().names()) {
            boolean covered = claim.signedHeaders().contains(name)
                    // Both are part of what is signed in any case.
                    || name.equals("x-amz-content-sha256")
                    || name.equals("x-amz-date");
            if (name.startsWith("x-amz-") && !covered) {
                throw new S3ErrorException(
                                S3ErrorCode.ACCESS_DENIED,
                                "There were headers present in the request which were not signed")
                        .with("HeadersNotSigned", name);
            }
        }
    }

    private void checkTime(SignatureClaim claim) {
        Instant now = clock.instant();
        if (claim.expiry().isPresent()) {
            Instant end = claim.time().plus(claim.expiry().get());
            if (claim.time().isAfter(now.plus(MAX_SKEW))) {
                throw new S3ErrorException(S3ErrorCode.ACCESS_DENIED, "Request is not valid yet");
            }
            if (claim.expiry().get().isZero() || !now.isBefore(end)) {
                throw new S3ErrorException(S3ErrorCode.ACCESS_DENIED, "Request has expired")
                        .with(
                                "X-Amz-Expires",
                                Long.toString(claim.expiry().get().toSeconds()))
                        .with("Expires", HttpTime.document(end))
                        .with("ServerTime", HttpTime.document(now));
            }
        } else if (Duration.between(claim.time(), now).abs().compareTo(MAX_SKEW) > 0) {
            throw new S3ErrorException(
                            S3ErrorCode.REQUEST_TIME_TOO_SKEWED,
                            "The difference between the request time and the current time is too large")
                    .with("RequestTime", claim.timestamp())
                    .with("ServerTime", HttpTime.document(now))
                    .with("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()));
        }
    }
}
