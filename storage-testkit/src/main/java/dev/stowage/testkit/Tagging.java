package dev.stowage.testkit;

import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** How the in-memory store creates ETags. The ports only guarantee that another version has another ETag. */
public enum Tagging {
    /** The MD5 of the bytes, or of the parts' MD5s, like S3 without SSE-KMS. */
    MD5 {
        @Override
        Etag of(byte[] bytes) {
            ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
            md5.update(bytes, 0, bytes.length);
            return new Etag(HexFormat.of().formatHex(md5.finish()));
        }

        @Override
        Etag ofParts(List<PartTag> parts) {
            return MultipartEtag.of(parts.stream().map(PartTag::etag).toList()).orElseThrow();
        }

        @Override
        Etag ofCopy(Etag source) {
            return source;
        }
    },

    /**
     * A new ETag for every written object and part, even for the same bytes. Like those of S3 with SSE-KMS, the ETags look like an MD5 and
     * are not; like those of Azure, a copy has another ETag than its source.
     */
    RANDOM {
        @Override
        Etag of(byte[] bytes) {
            return new Etag(UUID.randomUUID().toString().replace("-", ""));
        }

        @Override
        Etag ofParts(List<PartTag> parts) {
            return new Etag(of(new byte[0]).value() + "-" + parts.size());
        }

        @Override
        Etag ofCopy(Etag source) {
            return of(new byte[0]);
        }
    };

    abstract Etag of(byte[] bytes);

    abstract Etag ofParts(List<PartTag> parts);

    abstract Etag ofCopy(Etag source);
}
