package dev.stowage.sftp;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file begins with: everything about an object, or a part, except its bytes, which follow. So the bytes and the attributes of a
 * version can't be separated.
 *
 * <p>It is text in UTF-8. The first line has a fixed length, because size and ETag are known only after the bytes were written:
 *
 * <pre>
 * stowage/1 LENGTH SIZE MILLIS VERSION ETAG
 * content-type: text/plain
 * metadata.NAME: VALUE
 * parts: 3*8388608 1*17
 * </pre>
 *
 * <p>It ends with an empty line, at {@code LENGTH}. No value contains a line feed, because control characters are not allowed.
 *
 * @param length of the header in bytes
 * @param size of the object in bytes
 * @param version identifies the write; of a completed upload, the upload
 * @param partSizes the sizes of the parts of which the object was made, in order; empty if it was not
 */
record Header(
        int length,
        long size,
        Instant lastModified,
        String version,
        Etag etag,
        ObjectAttributes attributes,
        List<Long> partSizes) {

    /** The bytes of nearly every header. */
    static final int USUAL = 4096;

    private static final String MAGIC = "stowage/1 ";
    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_VERSION = 48;
    private static final int MAX_ETAG = 40;
    private static final String FIRST_LINE = MAGIC + "%07d %019d %013d %-" + MAX_VERSION + "s %-" + MAX_ETAG + "s\n";

    /** The length of the first line. */
    static final int FIXED = MAGIC.length() + 7 + 1 + 19 + 1 + 13 + 1 + MAX_VERSION + 1 + MAX_ETAG + 1;

    private static final String CONTENT_TYPE = "content-type";
    private static final String METADATA = "metadata.";
    private static final String PARTS = "parts";

    Header {
        partSizes = List.copyOf(partSizes);
    }

    /** Returns the header of a file that is not complete, of the right length. */
    static byte[] unfinished(ObjectAttributes attributes) {
        byte[] rest = rest(attributes, List.of());
        byte[] bytes = new byte[FIXED + rest.length];
        System.arraycopy(rest, 0, bytes, FIXED, rest.length);
        return bytes;
    }

    static Header of(
            long size, Instant time, String version, Etag etag, ObjectAttributes attributes, List<Long> partSizes) {
        int length = FIXED + rest(attributes, partSizes).length;
        return new Header(length, size, time, version, etag, attributes, partSizes);
    }

    byte[] toBytes() {
        byte[] rest = rest(attributes, partSizes);
        byte[] bytes = new byte[length];
        System.arraycopy(firstLine(), 0, bytes, 0, FIXED);
        System.arraycopy(rest, 0, bytes, FIXED, rest.length);
        return bytes;
    }

    byte[] firstLine() {
        return FIRST_LINE
                .formatted(length, size, lastModified.toEpochMilli(), version, etag.value())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] rest(ObjectAttributes attributes, List<Long> partSizes) {
        StringBuilder text = new StringBuilder();
        line(text, CONTENT_TYPE, attributes.contentType().value());
        attributes.headers().values().forEach((name, value) -> line(text, name.field(), value));
        attributes.metadata().stored().forEach((name, value) -> line(text, METADATA + name, value));
        if (!partSizes.isEmpty()) {
            line(text, PARTS, PartSizes.format(partSizes));
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    /** Returns the length of the header that the file begins with; empty when the file is not of this format. */
    static Optional<Integer> lengthIn(byte[] begin) {
        if (begin.length < FIXED) {
            return Optional.empty();
        }
        String line = new String(begin, 0, FIXED, StandardCharsets.US_ASCII);
        if (!line.startsWith(MAGIC)) {
            return Optional.empty();
        }
        try {
            int length = Integer.parseInt(line.substring(MAGIC.length(), MAGIC.length() + 7));
            return length > FIXED && length <= MAX_LENGTH ? Optional.of(length) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the header in {@code begin}, which contains all of it; empty when it is not valid. */
    static Optional<Header> parse(byte[] begin) {
        int length = lengthIn(begin).orElse(Integer.MAX_VALUE);
        if (length > begin.length) {
            return Optional.empty();
        }
        String[] fields =
                new String(begin, MAGIC.length(), FIXED - MAGIC.length(), StandardCharsets.US_ASCII).split(" +", -1);
        try {
            Map<String, String> lines = lines(new String(begin, FIXED, length - FIXED, StandardCharsets.UTF_8));
            return Optional.of(new Header(
                    length,
                    Long.parseLong(fields[1]),
                    Instant.ofEpochMilli(Long.parseLong(fields[2])),
                    fields[3],
                    new Etag(fields[4].strip()),
                    attributes(lines),
                    PartSizes.parse(lines.getOrDefault(PARTS, ""))));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> lines = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return lines;
    }

    private static ObjectAttributes attributes(Map<String, String> lines) {
        Map<String, String> metadata = new HashMap<>();
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        lines.forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), value);
            }
            HeaderAttribute.ofField(name).ifPresent(attribute -> headers.put(attribute, value));
        });
        return new ObjectAttributes(
                ContentType.orDefault(lines.getOrDefault(CONTENT_TYPE, "")),
                Metadata.lenient(metadata),
                HeaderAttributes.lenient(headers));
    }

    ObjectInfo info(ObjectKey key) {
        return new ObjectInfo(key, size, etag, lastModified, attributes);
    }

    ObjectSummary summary(ObjectKey key) {
        return new ObjectSummary(key, size, etag, lastModified);
    }

    /** Sizes as {@code COUNT*SIZE}, as most parts of an object have the same. */
    private static final class PartSizes {

        private PartSizes() {}

        static String format(List<Long> sizes) {
            StringBuilder text = new StringBuilder();
            for (int start = 0, end; start < sizes.size(); start = end) {
                end = start + 1;
                while (end < sizes.size() && sizes.get(end).equals(sizes.get(start))) {
                    end++;
                }
                text.append(text.isEmpty() ? "" : " ")
                        .append(end - start)
                        .append('*')
                        .append(sizes.get(start));
            }
            return text.toString();
        }

        static List<Long> parse(String text) {
            List<Long> sizes = new ArrayList<>();
            if (text.isEmpty()) {
                return sizes;
            }
            for (String run : text.split(" ", -1)) {
                int star = run.indexOf('*');
                int count = Integer.parseInt(run.substring(0, star));
                long size = Long.parseLong(run.substring(star + 1));
                for (int i = 0; i < count; i++) {
                    sizes.add(size);
                }
            }
            return sizes;
        }
    }
}
