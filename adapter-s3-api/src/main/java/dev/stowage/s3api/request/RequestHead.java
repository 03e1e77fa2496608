package dev.stowage.s3api.request;

import dev.stowage.core.key.PercentEncoding;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;

/**
 * The head of a request.
 *
 * @param path decoded; begins with a slash
 */
public record RequestHead(String method, String path, QueryText query, HeaderLines headers) {

    /**
     * Parses the target of a request.
     *
     * @param rawPath as it was sent
     * @param rawQuery as it was sent, without the question mark; may be empty
     * @throws S3ErrorException when it is not percent-encoded UTF-8
     */
    public static RequestHead of(String method, String rawPath, String rawQuery, HeaderLines headers) {
        try {
            String path = PercentEncoding.decode(rawPath);
            return new RequestHead(
                    method, path.startsWith("/") ? path : "/" + path, QueryText.parse(rawQuery), headers);
        } catch (IllegalArgumentException e) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_URI, "The request's path or query is not valid: " + e.getMessage());
        }
    }

    /** Whether a body follows that is not known to be empty. */
    public boolean hasBody() {
        return headers.get("Transfer-Encoding").isPresent()
                || headers.get("Content-Length")
                        .filter(length -> !length.strip().equals("0"))
                        .isPresent();
    }
}
