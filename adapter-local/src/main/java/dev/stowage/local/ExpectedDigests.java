package dev.stowage.local;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.local.blob.Body;
import java.util.HexFormat;
import java.util.List;

/**
 * The digests that a body has to match. The MD5 is computed for the ETag of every body, so it is compared with that one, instead of being
 * computed twice.
 *
 * @param whileRead those that are verified while the body is read; unmodifiable
 * @param md5 those that are compared once the body was read, before it is committed; unmodifiable
 */
record ExpectedDigests(List<Checksum> whileRead, List<Checksum> md5) {

    static ExpectedDigests of(List<Checksum> expected) {
        return new ExpectedDigests(
                expected.stream().filter(digest -> !isMd5(digest)).toList(),
                expected.stream().filter(ExpectedDigests::isMd5).toList());
    }

    /** @throws ChecksumMismatch when the body has another MD5 */
    void check(Body body) {
        for (Checksum digest : md5) {
            Checksum actual = Checksum.of(ChecksumAlgorithm.MD5, HexFormat.of().parseHex(body.md5()));
            if (!actual.equals(digest)) {
                throw new ChecksumMismatch(ChecksumAlgorithm.MD5.id(), digest.base64(), actual.base64());
            }
        }
    }

    private static boolean isMd5(Checksum digest) {
        return digest.algorithm() == ChecksumAlgorithm.MD5;
    }
}
