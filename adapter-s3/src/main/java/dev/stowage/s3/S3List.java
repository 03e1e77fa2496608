package dev.stowage.s3;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists objects, a page of the store at a time. */
final class S3List {

    private final Connection connection;

    S3List(Connection connection) {
        this.connection = connection;
    }

    ObjectPage list(ListQuery query) {
        PageToken tokens = new PageToken(
                "objects", query.prefix().value(), query.delimiter().orElse(""));
        Optional<String> marker = query.token().map(tokens::decode);
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(connection.bucket())
                .prefix(query.prefix().value())
                .delimiter(query.delimiter().orElse(null))
                .maxKeys(query.maxKeys())
                .startAfter(marker.isPresent() ? null : query.startAfter().orElse(null))
                .continuationToken(marker.orElse(null));
        ListObjectsV2Response answer;
        try {
            answer = PlainListing.send(encoding -> connection
                    .small()
                    .listObjectsV2(request.encodingType(encoding).build()));
        } catch (RuntimeException e) {
            throw S3Errors.bucket(e);
        }
        List<ObjectSummary> objects = objects(answer);
        List<String> prefixes = prefixes(answer);
        int unaddressable = answer.contents().size()
                - objects.size()
                + answer.commonPrefixes().size()
                - prefixes.size();
        return new ObjectPage(objects, prefixes, unaddressable, next(answer).map(tokens::encode));
    }

    /** A page may be empty without being the last (s3proxy), so only the token counts. */
    private static Optional<String> next(ListObjectsV2Response answer) {
        return Optional.ofNullable(answer.nextContinuationToken())
                .filter(token -> !token.isEmpty() && Boolean.TRUE.equals(answer.isTruncated()));
    }

    private static List<ObjectSummary> objects(ListObjectsV2Response answer) {
        return answer.contents().stream()
                .flatMap(S3List::summary)
                .sorted(Comparator.comparing(ObjectSummary::key))
                .toList();
    }

    private static Stream<ObjectSummary> summary(S3Object object) {
        return S3Keys.of(object.key()).stream()
                .map(key -> new ObjectSummary(
                        key,
                        Responses.orZero(object.size()),
                        Responses.etag(object.eTag(), Responses.orZero(object.size())),
                        Responses.orEpoch(object.lastModified())));
    }

    private static List<String> prefixes(ListObjectsV2Response answer) {
        return answer.commonPrefixes().stream()
                .map(CommonPrefix::prefix)
                .filter(S3List::canBeginKeys)
                .sorted(Utf8Order::compare)
                .toList();
    }

    private static boolean canBeginKeys(String prefix) {
        try {
            return new KeyPrefix(prefix).value().equals(prefix);
        } catch (InvalidInput e) {
            return false;
        }
    }
}
