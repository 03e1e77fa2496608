package dev.stowage.s3.awssdk;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;

/** The open multipart uploads. */
final class MemoryUploads {

    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    String begin(CreateMultipartUploadRequest request) {
        String id = UUID.randomUUID().toString();
        uploads.put(id, new Upload(request, MemoryObject.now(), new ConcurrentSkipListMap<>()));
        return id;
    }

    String put(String id, String key, int number, OffHeapBytes bytes) {
        MemoryObject part = MemoryObject.of(bytes, Described.PART);
        find(id, key).parts().put(number, part);
        return part.etag();
    }

    List<Part> parts(String id, String key) {
        return find(id, key).parts().entrySet().stream()
                .map(entry -> Part.builder()
                        .partNumber(entry.getKey())
                        .size(entry.getValue().size())
                        .eTag(entry.getValue().etag())
                        .lastModified(entry.getValue().modified())
                        .build())
                .toList();
    }

    MemoryObject join(String id, String key, List<CompletedPart> chosen) {
        Upload upload = find(id, key);
        List<OffHeapBytes> parts = chosen.stream()
                .map(part -> Objects.requireNonNull(upload.parts().get(part.partNumber()))
                        .bytes())
                .toList();
        MessageDigest digests = MemoryObject.md5();
        parts.forEach(part -> digests.update(MemoryObject.md5(part)));
        String etag = HexFormat.of().formatHex(digests.digest()) + "-" + chosen.size();
        return new MemoryObject(OffHeapBytes.join(parts), etag, upload.initiated(), Described.by(upload.request()));
    }

    void end(String id, String key) {
        find(id, key);
        uploads.remove(id);
    }

    List<MultipartUpload> all() {
        return uploads.entrySet().stream()
                .map(entry -> MultipartUpload.builder()
                        .uploadId(entry.getKey())
                        .key(entry.getValue().request().key())
                        .initiated(entry.getValue().initiated())
                        .build())
                .sorted(Comparator.comparing(MultipartUpload::uploadId))
                .toList();
    }

    private Upload find(String id, String key) {
        Upload upload = uploads.get(id);
        if (upload == null || !upload.request().key().equals(key)) {
            throw NoSuchUploadException.builder()
                    .statusCode(404)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("NoSuchUpload")
                            .errorMessage("The specified upload does not exist")
                            .build())
                    .build();
        }
        return upload;
    }

    private record Upload(
            CreateMultipartUploadRequest request,
            Instant initiated,
            ConcurrentSkipListMap<Integer, MemoryObject> parts) {}
}
