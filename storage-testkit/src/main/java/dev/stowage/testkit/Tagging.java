package dev.stowage.testkit;

import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** How the in-memory store makes ETags. The ports promise only that another version has another tag. */
public enum Tagging {
    /** MD5 of the bytes, and of the parts' MD5s, as S3 without SSE-KMS does. */
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
     * A new tag for every object and every part that is written, even of the same bytes. Like those of S3 with SSE-KMS, the tags look
     * like an MD5 and are none; like those of Azure, a copy has another tag than its source.
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
