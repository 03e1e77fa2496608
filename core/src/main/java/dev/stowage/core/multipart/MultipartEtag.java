package dev.stowage.core.multipart;

import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ETag that S3 and compatible stores give an object made of parts: the MD5 of the parts' MD5s, a dash, and the number of parts. */
public final class MultipartEtag {

    private static final Pattern MD5_HEX = Pattern.compile("[0-9a-f]{32}");

    private static final Pattern OF_PARTS = Pattern.compile("[0-9a-fA-F]{32}-(\\d{1,5})");

    private MultipartEtag() {}

    /**
     * Whether an object with this ETag can consist of that many parts, according to S3's format. An ETag in another format, which other
     * stores use, always can.
     */
    public static boolean canHaveParts(Etag tag, int parts) {
        Matcher ofParts = OF_PARTS.matcher(tag.value());
        return ofParts.matches()
                ? Integer.parseInt(ofParts.group(1)) == parts
                : !MD5_HEX.matcher(tag.value()).matches();
    }

    /** Returns the expected ETag, or empty when a part's ETag is not an MD5 (as under SSE-KMS). */
    public static Optional<Etag> of(List<Etag> parts) {
        ChecksumAlgorithm.Hasher md5 = ChecksumAlgorithm.MD5.newHasher();
        for (Etag part : parts) {
            if (!MD5_HEX.matcher(part.value()).matches()) {
                return Optional.empty();
            }
            byte[] digest = HexFormat.of().parseHex(part.value());
            md5.update(digest, 0, digest.length);
        }
        return Optional.of(new Etag(HexFormat.of().formatHex(md5.finish()) + "-" + parts.size()));
    }
}
