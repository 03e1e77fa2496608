package dev.stowage.core.multipart;

import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tag that S3 and its kin give an object made of parts: the MD5 of the parts' MD5s, a dash, and their number. */
public final class MultipartEtag {

    private static final Pattern MD5_HEX = Pattern.compile("[0-9a-f]{32}");

    private static final Pattern OF_PARTS = Pattern.compile("[0-9a-fA-F]{32}-(\\d{1,5})");

    private MultipartEtag() {}

    /**
     * Whether an object with this tag can be made of so many parts, by the form that S3 gives tags. A tag of another form, which only some
     * other store gives, can.
     */
    public static boolean canHaveParts(Etag tag, int parts) {
        Matcher ofParts = OF_PARTS.matcher(tag.value());
        return ofParts.matches()
                ? Integer.parseInt(ofParts.group(1)) == parts
                : !MD5_HEX.matcher(tag.value()).matches();
    }

    /** The tag to expect, or nothing when a part's tag is no MD5 (as under SSE-KMS). */
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
