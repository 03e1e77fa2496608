package dev.stowage.s3api.operation;

import dev.stowage.core.file.Files;
import java.io.IOException;
import java.util.Optional;

/** Lists the objects of a bucket: ListObjects, ListObjectsV2 and ListObjectVersions. */
final class ListObjects {

    private final Files files;

    ListObjects(Files files) {
        this.files = files;
    }

    /** ListObjects: the next page begins after the last name of this one. */
    void first(S3Call call) throws IOException {
        ListParameters parameters = ListParameters.of(call.query(), "max-keys");
        Optional<String> marker = call.query().text("marker");
        ListedObjects page = ListedObjects.read(files, call, parameters, marker, Optional.empty());
        call.reply().xml(200, "ListBucketResult", document -> {
            page.writeHeadOfFirst(document);
            document.text("Marker", page.encoded(marker.orElse("")));
            if (page.nextToken().isPresent()) {
                page.last().ifPresent(last -> document.text("NextMarker", page.encoded(last)));
            }
            page.objects()
                    .forEach(object ->
                            document.element("Contents", contents -> page.writeObject(contents, object, true)));
            page.writeCommonPrefixes(document);
        });
    }

    /** ListObjectsV2: the next page is asked for by a token. */
    void second(S3Call call) throws IOException {
        ListParameters parameters = ListParameters.of(call.query(), "max-keys");
        Optional<String> after = call.query().text("start-after");
        Optional<String> token = call.query().get("continuation-token");
        ListedObjects page = ListedObjects.read(files, call, parameters, after, token.filter(text -> !text.isEmpty()));
        boolean withOwner =
                call.query().get("fetch-owner").filter("true"::equals).isPresent();
        call.reply().xml(200, "ListBucketResult", document -> {
            page.writeHead(document);
            document.text("KeyCount", page.count());
            after.ifPresent(name -> document.text("StartAfter", page.encoded(name)));
            token.ifPresent(text -> document.text("ContinuationToken", text));
            page.nextToken().ifPresent(text -> document.text("NextContinuationToken", text));
            page.objects()
                    .forEach(object ->
                            document.element("Contents", contents -> page.writeObject(contents, object, withOwner)));
            page.writeCommonPrefixes(document);
        });
    }

    /** ListObjectVersions: every object has one version. */
    void versions(S3Call call) throws IOException {
        ListParameters parameters = ListParameters.of(call.query(), "max-keys");
        Optional<String> marker = call.query().text("key-marker");
        ListedObjects page = ListedObjects.read(files, call, parameters, marker, Optional.empty());
        call.reply().xml(200, "ListVersionsResult", document -> {
            page.writeHead(document);
            document.text("KeyMarker", page.encoded(marker.orElse(""))).text("VersionIdMarker", "");
            if (page.nextToken().isPresent()) {
                page.last()
                        .ifPresent(last -> document.text("NextKeyMarker", page.encoded(last))
                                .text("NextVersionIdMarker", ObjectVersions.NULL));
            }
            page.objects()
                    .forEach(object -> document.element("Version", version -> {
                        version.text("VersionId", ObjectVersions.NULL).text("IsLatest", true);
                        page.writeObject(version, object, true);
                    }));
            page.writeCommonPrefixes(document);
        });
    }
}
