package dev.stowage.s3;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.port.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;

/**
 * Lists the open uploads of the bucket.
 *
 * <p>MinIO only returns those whose key equals the prefix, so the list is empty for shorter prefixes.
 */
final class UploadListing {

    private static final int PAGE = 1000;

    /** Separates the markers in a token; no key contains it. */
    private static final String SEPARATOR = "\0";

    private final Connection connection;

    UploadListing(Connection connection) {
        this.connection = connection;
    }

    /** Whether the upload is open. */
    boolean shows(ObjectKey key, UploadId upload) {
        Optional<String> token = Optional.empty();
        do {
            Page<UploadInfo, String> page = page(new KeyPrefix(key.value()), PAGE, token);
            for (UploadInfo open : page.items()) {
                if (open.key().equals(key) && open.id().equals(upload)) {
                    return true;
                }
            }
            boolean past = !page.items().isEmpty()
                    && page.items().get(page.items().size() - 1).key().compareTo(key) > 0;
            token = past ? Optional.empty() : page.next();
        } while (token.isPresent());
        return false;
    }

    Page<UploadInfo, String> page(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        PageToken tokens = new PageToken("uploads", prefix.value());
        ListMultipartUploadsRequest.Builder request = ListMultipartUploadsRequest.builder()
                .bucket(connection.bucket())
                .prefix(prefix.value())
                .maxUploads(maxUploads);
        token.map(tokens::decode).ifPresent(position -> {
            String[] markers = position.split(SEPARATOR, 2);
            request.keyMarker(markers[0]).uploadIdMarker(markers.length == 1 ? null : markers[1]);
        });
        ListMultipartUploadsResponse answer;
        try {
            answer = PlainListing.send(encoding -> connection
                    .small()
                    .listMultipartUploads(request.encodingType(encoding).build()));
        } catch (RuntimeException e) {
            throw S3Errors.bucket(e);
        }
        return new Page<>(uploads(answer), next(answer, tokens));
    }

    private static List<UploadInfo> uploads(ListMultipartUploadsResponse answer) {
        return answer.uploads().stream()
                .flatMap(upload -> S3Keys.of(upload.key()).stream()
                        .map(key -> new UploadInfo(
                                key, new UploadId(upload.uploadId()), Responses.orEpoch(upload.initiated()))))
                .sorted(Comparator.comparing(UploadInfo::key).thenComparing(UploadInfo::initiated))
                .toList();
    }

    private static Optional<String> next(ListMultipartUploadsResponse answer, PageToken tokens) {
        String key = answer.nextKeyMarker();
        if (!Boolean.TRUE.equals(answer.isTruncated()) || key == null || key.isEmpty()) {
            return Optional.empty();
        }
        String upload = answer.nextUploadIdMarker();
        boolean marked = upload != null && !upload.isEmpty();
        return Optional.of(tokens.encode(marked ? key + SEPARATOR + upload : key));
    }
}
