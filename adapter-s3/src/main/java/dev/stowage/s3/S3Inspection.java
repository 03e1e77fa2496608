package dev.stowage.s3;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.core.port.TagMeaning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The records that S3 has of an object's bytes: the checksums of its upload, and the sizes of its parts, by
 * a HEAD of each (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, partNumber).
 */
final class S3Inspection {

    private static final int PARALLEL_HEADS = 16;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int MAX_PARTS = 10_000;

    private final Connection connection;
    private final RequestThreads workers;

    S3Inspection(Connection connection, RequestThreads workers) {
        this.connection = connection;
        this.workers = workers;
    }

    Optional<ObjectRecord> inspect(ObjectKey key) {
        try {
            HeadObjectResponse head = connection
                    .small()
                    .headObject(request ->
                            request.bucket(connection.bucket()).key(key.value()).checksumMode(ChecksumMode.ENABLED));
            List<Part> parts = parts(key, head);
            List<List<Checksum>> ofParts = parts.stream().map(Part::checksums).toList();
            return Optional.of(new ObjectRecord(
                    Responses.info(key, head),
                    parts.stream().map(Part::size).toList(),
                    checksums(head),
                    ofParts.stream().allMatch(List::isEmpty) ? List.of() : ofParts,
                    tagMeaning(head)));
        } catch (RuntimeException e) {
            if (S3Errors.isAbsent(e, key)) {
                return Optional.empty();
            }
            throw S3Errors.translate(e, Target.of(key));
        }
    }

    /**
     * Whether the ETag is a digest. With a key of KMS or of the client it is not (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html,
     * ETag). Otherwise it is on AWS and on most other stores, but not on all.
     */
    private static TagMeaning tagMeaning(HeadObjectResponse head) {
        String encryption = head.serverSideEncryptionAsString();
        boolean plain = head.sseCustomerAlgorithm() == null
                && (encryption == null || encryption.equals(ServerSideEncryption.AES256.toString()));
        return plain ? TagMeaning.MAYBE_DIGEST : TagMeaning.VERSION;
    }

    /** Empty unless the sizes add up to the object's: some stores ignore the part number, and some refuse it. */
    private List<Part> parts(ObjectKey key, HeadObjectResponse head) {
        int count = partCount(Responses.etag(head));
        if (count == 0) {
            return List.of();
        }
        TaskGroup<Part> looks = workers.group(PARALLEL_HEADS);
        try {
            for (int number = 1; number <= count; number++) {
                int part = number;
                looks.submit(() -> part(key, head.eTag(), part), () -> {});
            }
            List<Part> parts = looks.join();
            long sum = parts.stream().mapToLong(Part::size).sum();
            return sum == head.contentLength() ? parts : List.of();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_IMPLEMENTED) {
                return List.of();
            }
            throw e;
        } finally {
            looks.cancel(Duration.ZERO);
        }
    }

    private Part part(ObjectKey key, String etag, int number) {
        HeadObjectResponse head = connection
                .small()
                .headObject(request -> request.bucket(connection.bucket())
                        .key(key.value())
                        .ifMatch(etag)
                        .partNumber(number)
                        .checksumMode(ChecksumMode.ENABLED));
        // Without a type these are not known to be those of the part.
        List<Checksum> own = head.checksumType() == ChecksumType.COMPOSITE ? checksums(head) : List.of();
        return new Part(Responses.orZero(head.contentLength()), own);
    }

    /** @param size in bytes */
    private record Part(long size, List<Checksum> checksums) {}

    /** The number of parts according to the ETag; 0 when it has none. */
    private static int partCount(Etag etag) {
        int dash = etag.value().lastIndexOf('-');
        try {
            int count = dash < 0 ? 0 : Integer.parseInt(etag.value().substring(dash + 1));
            return count >= 1 && count <= MAX_PARTS ? count : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A checksum of a multipart object may be one of the parts' checksums; then it ends with a dash and their number. */
    private static List<Checksum> checksums(HeadObjectResponse head) {
        List<Checksum> checksums = new ArrayList<>();
        add(checksums, ChecksumAlgorithm.SHA256, head.checksumSHA256());
        add(checksums, ChecksumAlgorithm.SHA1, head.checksumSHA1());
        add(checksums, ChecksumAlgorithm.CRC32, head.checksumCRC32());
        add(checksums, ChecksumAlgorithm.CRC32C, head.checksumCRC32C());
        add(checksums, ChecksumAlgorithm.CRC64NVME, head.checksumCRC64NVME());
        return checksums;
    }

    private static void add(List<Checksum> checksums, ChecksumAlgorithm algorithm, @Nullable String base64) {
        if (base64 != null && base64.indexOf('-') < 0) {
            checksums.add(new Checksum(algorithm, base64));
        }
    }
}
