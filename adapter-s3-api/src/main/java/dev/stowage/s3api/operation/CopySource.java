package dev.stowage.s3api.operation;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.PercentEncoding;
import dev.stowage.s3api.error.S3ErrorException;

/** The object that {@code x-amz-copy-source} names. */
record CopySource(ObjectKey key) {

    static final String HEADER = "x-amz-copy-source";

    private static final String VERSION = "?versionId=";

    /**
     * Parses {@code BUCKET/NAME}, percent-encoded, with or without a slash before it.
     *
     * @throws S3ErrorException when it is malformed, or names a bucket or version that does not exist
     */
    static CopySource of(S3Call call, BucketLookup buckets) {
        String header = call.headers().get(HEADER).orElse("").strip();
        int version = header.lastIndexOf(VERSION);
        if (version >= 0) {
            ObjectVersions.check(header.substring(version + VERSION.length()));
        }
        String source = decode(version < 0 ? header : header.substring(0, version));
        String path = source.startsWith("/") ? source.substring(1) : source;
        int slash = path.indexOf('/');
        if (slash <= 0 || slash == path.length() - 1) {
            throw malformed(header);
        }
        return new CopySource(
                buckets.find(path.substring(0, slash), call.caller()).key(path.substring(slash + 1)));
    }

    private static String decode(String text) {
        try {
            return PercentEncoding.decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
    }

    private static S3ErrorException malformed(String header) {
        return S3ErrorException.invalidArgument(
                HEADER, header, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
}
