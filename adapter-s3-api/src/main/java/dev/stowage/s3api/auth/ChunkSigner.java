package dev.stowage.s3api.auth;

/**
 * What the signatures of a body's chunks are checked with
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature calculations for chunked uploads</a>).
 *
 * @param key that of the request
 * @param timestamp of the request, such as {@code 20260101T000000Z}
 * @param scope such as {@code 20260101/us-east-1/s3/aws4_request}
 * @param seed the signature of the request, which the first chunk's signature covers
 */
public record ChunkSigner(SigningKey key, String timestamp, String scope, String seed) {}
