package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Etag;
import dev.stowage.s3api.body.SentBody;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.xml.XmlInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The document of CompleteMultipartUpload.
 *
 * @param parts as the client lists them
 */
record CompletionRequest(List<ListedPart> parts) {

    private static final String ROOT = "CompleteMultipartUpload";
    private static final String SHAPE =
            "<CompleteMultipartUpload><Part><PartNumber>…</PartNumber><ETag>…</ETag></Part>…"
                    + "</CompleteMultipartUpload>, with 1 to " + PartNumber.MAX + " parts";

    /**
     * A part, as the client lists it.
     *
     * @param checksums as the client remembers them
     */
    record ListedPart(PartTag tag, List<Checksum> checksums) {}

    /** Reads the document. @throws S3ErrorException when it is malformed, or lists no part or too many */
    static CompletionRequest read(SentBody body) {
        List<ListedPart> parts = new ArrayList<>();
        CallBody.read(
                body,
                ROOT,
                SHAPE,
                input -> input.children(name -> {
                    if (name.equals("Part")) {
                        parts.add(part(input));
                        if (parts.size() > PartNumber.MAX) {
                            throw malformed();
                        }
                    }
                }));
        if (parts.isEmpty()) {
            throw malformed();
        }
        return new CompletionRequest(List.copyOf(parts));
    }

    /** The parts for the service. */
    List<PartTag> tags() {
        return parts.stream().map(ListedPart::tag).toList();
    }

    /**
     * Returns the listed parts as they are stored.
     *
     * @param stored all parts of the upload
     * @throws S3ErrorException {@code InvalidPart} when one is not stored, or a checksum that the client lists is not that of the part
     */
    List<PartInfo> chosen(List<PartInfo> stored) {
        Map<PartNumber, PartInfo> byNumber = new HashMap<>();
        stored.forEach(part -> byNumber.put(part.number(), part));
        List<PartInfo> chosen = new ArrayList<>();
        for (ListedPart listed : parts) {
            PartInfo part = Optional.ofNullable(byNumber.get(listed.tag().number()))
                    .orElseThrow(() -> invalidPart(listed.tag().number()));
            if (!agrees(part, listed.checksums())) {
                throw invalidPart(part.number());
            }
            chosen.add(part);
        }
        return chosen;
    }

    /** A checksum in an algorithm that was not kept can't be compared. */
    private static boolean agrees(PartInfo part, List<Checksum> listed) {
        return listed.stream()
                .allMatch(sum -> part.checksums().contains(sum)
                        || part.checksums().stream().noneMatch(kept -> kept.algorithm() == sum.algorithm()));
    }

    private static ListedPart part(XmlInput input) {
        Map<String, String> texts = new HashMap<>();
        input.children(name -> texts.put(name, input.text().strip()));
        List<Checksum> checksums = new ArrayList<>();
        try {
            PartNumber number = new PartNumber(Integer.parseInt(texts.getOrDefault("PartNumber", "")));
            ChecksumHeader.ALGORITHMS.forEach(
                    algorithm -> Optional.ofNullable(texts.get("Checksum" + ChecksumHeader.id(algorithm)))
                            .ifPresent(value -> checksums.add(new Checksum(algorithm, value))));
            return new ListedPart(new PartTag(number, etag(texts.getOrDefault("ETag", ""))), checksums);
        } catch (NumberFormatException | InvalidInput e) {
            throw malformed();
        }
    }

    private static Etag etag(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return new Etag(quoted ? text.substring(1, text.length() - 1) : text);
    }

    private static S3ErrorException invalidPart(PartNumber number) {
        return new S3ErrorException(
                        S3ErrorCode.INVALID_PART,
                        "One or more of the specified parts could not be found, or has another ETag or checksum")
                .with("PartNumber", number.toString());
    }

    private static S3ErrorException malformed() {
        return new S3ErrorException(S3ErrorCode.MALFORMED_XML, "The body is not of the form " + SHAPE);
    }
}
