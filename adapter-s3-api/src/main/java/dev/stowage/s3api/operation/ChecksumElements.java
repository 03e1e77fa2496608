package dev.stowage.s3api.operation;

import dev.stowage.core.object.Checksum;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.checksum.ObjectChecksum;
import dev.stowage.s3api.xml.XmlDocument;
import java.util.List;

/** Checksums as elements of a document. */
final class ChecksumElements {

    private ChecksumElements() {}

    /** Writes one of them, as S3 keeps only one: that of the signature, a SHA-256, only if there is no other. */
    static void write(XmlDocument document, List<Checksum> checksums) {
        ChecksumHeader.ALGORITHMS.stream()
                .flatMap(algorithm -> checksums.stream().filter(sum -> sum.algorithm() == algorithm))
                .findFirst()
                .ifPresent(sum -> document.text("Checksum" + ChecksumHeader.id(sum.algorithm()), sum.base64()));
    }

    /** Writes that of an object made of parts, with its type. */
    static void write(XmlDocument document, ObjectChecksum checksum) {
        document.text("Checksum" + ChecksumHeader.id(checksum.algorithm()), checksum.value())
                .text("ChecksumType", checksum.type().name());
    }
}
