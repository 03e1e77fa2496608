package dev.stowage.core.batch;

import dev.stowage.core.error.ChecksumMismatch;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.TagMeaning;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Verifies bytes against their record in one pass. */
final class ByteCheck {

    private static final int BUFFER = 64 << 10;
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}(-\\d+)?");

    private final ObjectRecord recorded;
    private final AtomicBoolean digestsSeen;
    private final List<ChecksumAlgorithm.Hasher> whole;
    private final List<Etag> parts = new ArrayList<>();
    private final List<Long> partSizes;
    private ChecksumAlgorithm.Hasher part = ChecksumAlgorithm.MD5.newHasher();
    private long partLeft;
    private long size;

    /** @param digestsSeen whether an object of this store was found whose ETag is a digest; set when this is one */
    ByteCheck(ObjectRecord recorded, AtomicBoolean digestsSeen) {
        this.digestsSeen = digestsSeen;
        this.recorded = recorded;
        this.whole = recorded.checksums().stream()
                .map(checksum -> checksum.algorithm().newHasher())
                .toList();
        this.partSizes =
                recorded.partSizes().isEmpty() ? List.of(recorded.info().size()) : recorded.partSizes();
        this.partLeft = partSizes.get(0);
    }

    /** Reads the body to its end. */
    void read(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read;
        while ((read = body.read(buffer)) >= 0) {
            update(buffer, 0, read);
        }
    }

    /** Adds the next bytes of the body. */
    void update(byte[] buffer, int offset, int length) {
        size += length;
        for (ChecksumAlgorithm.Hasher hasher : whole) {
            hasher.update(buffer, offset, length);
        }
        updateParts(buffer, offset, offset + length);
    }

    /**
     * Compares the results with the record.
     *
     * @return what could not be verified, for people; empty when everything was
     * @throws ChecksumMismatch when anything differs
     */
    String finish() {
        compare("size", String.valueOf(recorded.info().size()), String.valueOf(size));
        for (int i = 0; i < whole.size(); i++) {
            Checksum expected = recorded.checksums().get(i);
            Checksum actual = Checksum.of(expected.algorithm(), whole.get(i).finish());
            compare(expected.algorithm().id(), expected.base64(), actual.base64());
        }
        endPart();
        return compareTag(recorded.info().etag());
    }

    /** A wrong ETag is no error for bytes with a correct checksum, or if the ETag may not be a digest. */
    private String compareTag(Etag etag) {
        if (recorded.tagMeaning() == TagMeaning.VERSION
                || !MD5.matcher(etag.value()).matches()) {
            return matching() + "; the ETag is not a digest";
        }
        boolean ofParts = etag.value().indexOf('-') >= 0;
        if (ofParts && recorded.partSizes().isEmpty()) {
            return matching() + "; the store does not report the parts that its ETag was computed from";
        }
        Etag actual = ofParts ? MultipartEtag.of(parts).orElseThrow() : parts.get(0);
        if (actual.equals(etag)) {
            digestsSeen.set(true);
            return "";
        }
        boolean expected = recorded.tagMeaning() == TagMeaning.DIGEST || digestsSeen.get();
        if (!whole.isEmpty() || !expected) {
            return matching() + "; the ETag is not a digest of the bytes";
        }
        throw ChecksumMismatch.stored("etag", etag.value(), actual.value());
    }

    private String matching() {
        return whole.isEmpty() ? "The size matches" : "Size and checksums match";
    }

    private void updateParts(byte[] buffer, int offset, int end) {
        int from = offset;
        while (from < end) {
            if (partLeft == 0 && parts.size() + 1 < partSizes.size()) {
                endPart();
                partLeft = partSizes.get(parts.size());
            }
            boolean last = parts.size() + 1 == partSizes.size();
            int some = last ? end - from : (int) Math.min(partLeft, end - from);
            part.update(buffer, from, some);
            partLeft -= some;
            from += some;
        }
    }

    private void endPart() {
        parts.add(new Etag(HexFormat.of().formatHex(part.finish())));
        part = ChecksumAlgorithm.MD5.newHasher();
    }

    private static void compare(String what, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw ChecksumMismatch.stored(what, expected, actual);
        }
    }
}
