package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.JobClient;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects, listings and buckets of the S3 API. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class S3ApiIT extends S3ApiSuite {

    @Test
    void object_isTheSameFileOverHttp() {
        String tag = s3.putObject(
                        put -> put.bucket(project)
                                .key("a b/ä+.txt")
                                .contentType("text/plain")
                                .cacheControl("max-age=60")
                                .metadata(Map.of("note", "n")),
                        RequestBody.fromBytes(bytes(100_000)))
                .eTag();

        Api.Reply file = http.get(Paths.DOWNLOAD + "raw/" + project + "/a%20b/%C3%A4%2B.txt");
        assertThat(file.body()).isEqualTo(bytes(100_000));
        assertThat(file.header("ETag")).isEqualTo(tag);
        assertThat(file.header("Content-Type")).isEqualTo("text/plain");
        assertThat(file.header("Cache-Control")).isEqualTo("max-age=60");
        assertThat(file.header("X-Meta-note")).isEqualTo("n");
    }

    @Test
    void fileOverHttp_isTheSameObject() {
        String tag = http.store(key("a.bin"), bytes(70_000)).header("ETag");

        ResponseBytes<GetObjectResponse> object =
                s3.getObjectAsBytes(get -> get.bucket(project).key("a.bin"));
        assertThat(object.asByteArray()).isEqualTo(bytes(70_000));
        assertThat(object.response().eTag()).isEqualTo(tag);
        assertThat(s3.headObject(head -> head.bucket(project).key("a.bin")).contentLength())
                .isEqualTo(70_000);
    }

    @Test
    void ranges_andOverrides() {
        put("a", 1000);

        ResponseBytes<GetObjectResponse> part = s3.getObjectAsBytes(get -> get.bucket(project)
                .key("a")
                .range("bytes=-10")
                .responseContentType("text/html")
                .responseContentDisposition("attachment; filename=\"b\""));

        assertThat(part.asByteArray()).hasSize(10);
        assertThat(part.response().contentRange()).isEqualTo("bytes 990-999/1000");
        assertThat(part.response().contentType()).isEqualTo("text/html");
        assertThat(part.response().contentDisposition()).isEqualTo("attachment; filename=\"b\"");
        assertThat(code(() -> s3.getObject(get -> get.bucket(project).key("a").range("bytes=1000-"))))
                .isEqualTo("InvalidRange");
    }

    @Test
    void conditions_onReadsAndWrites() {
        String tag = put("a", 10);

        assertThat(code(() -> s3.getObject(get -> get.bucket(project).key("a").ifMatch("\"other\""))))
                .isEqualTo("PreconditionFailed");
        assertThat(status(() -> s3.getObject(get -> get.bucket(project).key("a").ifNoneMatch(tag))))
                .isEqualTo(304);
        assertThat(code(() -> s3.putObject(
                        put -> put.bucket(project).key("a").ifNoneMatch("*"), RequestBody.fromBytes(bytes(11)))))
                .isEqualTo("PreconditionFailed");
        assertThat(code(() -> s3.putObject(
                        put -> put.bucket(project).key("a").ifMatch("\"other\""), RequestBody.fromBytes(bytes(11)))))
                .isEqualTo("PreconditionFailed");
        assertThat(s3.getObjectAsBytes(get -> get.bucket(project).key("a")).asByteArray())
                .isEqualTo(bytes(10));
        assertThat(code(() ->
                        s3.putObject(put -> put.bucket(project).key("none").ifMatch("*"), RequestBody.empty())))
                .isEqualTo("NoSuchKey");
    }

    @Test
    void whatIsMissing_isSaidInTermsOfS3() {
        assertThat(code(() -> s3.getObject(get -> get.bucket(project).key("none"))))
                .isEqualTo("NoSuchKey");
        assertThat(status(() -> s3.headObject(head -> head.bucket(project).key("none"))))
                .isEqualTo(404);
        assertThat(code(() -> s3.getBucketPolicy(get -> get.bucket(project)))).isEqualTo("NoSuchBucketPolicy");
        assertThat(s3.getBucketVersioning(get -> get.bucket(project)).statusAsString())
                .isNull();
    }

    @Test
    void listings_ofAllKinds_agree() {
        List<String> names = List.of("a", "b/1", "b/2", "c d/é", "e", "f/g/h");
        names.forEach(name -> put(name, 1));

        assertThat(s3.listObjectsV2Paginator(list -> list.bucket(project).maxKeys(2)).contents().stream()
                        .map(S3Object::key))
                .containsExactlyElementsOf(names);
        assertThat(s3.listObjectVersionsPaginator(list -> list.bucket(project).maxKeys(2)).versions().stream()
                        .map(version -> version.key()))
                .containsExactlyElementsOf(names);
        assertThat(s3.listObjectsV2(list -> list.bucket(project).startAfter("b/1")).contents().stream()
                        .map(S3Object::key))
                .containsExactlyElementsOf(names.subList(2, 6));
        ListObjectsResponse first =
                s3.listObjects(list -> list.bucket(project).delimiter("/").maxKeys(2));
        assertThat(entries(first)).containsExactly("a", "b/");
        assertThat(first.nextMarker()).isEqualTo("b/");
        ListObjectsResponse second = s3.listObjects(
                list -> list.bucket(project).delimiter("/").maxKeys(10).marker(first.nextMarker()));
        assertThat(entries(second)).containsExactly("e", "c d/", "f/");
    }

    @Test
    void copies_keepAttributes_orReplaceThem() {
        s3.putObject(
                put -> put.bucket(project).key("a b").contentType("text/plain").metadata(Map.of("x", "1")),
                RequestBody.fromBytes(bytes(10)));

        s3.copyObject(copy -> copy.sourceBucket(project)
                .sourceKey("a b")
                .destinationBucket(project)
                .destinationKey("same"));
        s3.copyObject(copy -> copy.sourceBucket(project)
                .sourceKey("a b")
                .destinationBucket(project)
                .destinationKey("a b")
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/html")
                .metadata(Map.of("y", "2")));

        assertThat(s3.headObject(head -> head.bucket(project).key("same")).metadata())
                .containsOnly(Map.entry("x", "1"));
        assertThat(s3.headObject(head -> head.bucket(project).key("a b")).metadata())
                .containsOnly(Map.entry("y", "2"));
        assertThat(s3.headObject(head -> head.bucket(project).key("a b")).contentType())
                .isEqualTo("text/html");
        assertThat(code(() -> s3.copyObject(copy -> copy.sourceBucket(project)
                        .sourceKey("a b")
                        .destinationBucket(project)
                        .destinationKey("a b"))))
                .isEqualTo("InvalidRequest");
    }

    @Test
    void deletions_ofOneAndOfMany() {
        List<ObjectIdentifier> objects = Stream.of("a", "b", "c&d")
                .map(name -> {
                    put(name, 1);
                    return ObjectIdentifier.builder().key(name).build();
                })
                .toList();

        assertThat(s3.deleteObjects(delete -> delete.bucket(project)
                                .delete(Delete.builder().objects(objects).build()))
                        .deleted())
                .hasSize(3);
        s3.deleteObject(delete -> delete.bucket(project).key("a"));
        s3.deleteObject(delete -> delete.bucket(project).key("a").ifMatch("\"other\""));
        assertThat(s3.listObjectsV2(list -> list.bucket(project)).contents()).isEmpty();
    }

    /** A condition that is ignored would delete what the client wants to keep. */
    @Test
    void deletions_onSizeOrTime_keepOtherVersions() {
        put("a", 10);
        Instant time = s3.headObject(head -> head.bucket(project).key("a")).lastModified();

        assertThat(code(() -> s3.deleteObject(
                        delete -> delete.bucket(project).key("a").ifMatchSize(11L))))
                .isEqualTo("PreconditionFailed");
        assertThat(code(() -> s3.deleteObject(
                        delete -> delete.bucket(project).key("a").ifMatchLastModifiedTime(time.minusSeconds(1)))))
                .isEqualTo("PreconditionFailed");
        List<ObjectIdentifier> tooLarge = Stream.of("a", "none")
                .map(name -> ObjectIdentifier.builder().key(name).size(11L).build())
                .toList();
        assertThat(s3.deleteObjects(delete -> delete.bucket(project).delete(many -> many.objects(tooLarge)))
                        .errors())
                .extracting(S3Error::key)
                .containsExactly("a");
        assertThat(plain.send("DELETE", "/" + project + "/a", BodyPublishers.noBody(), "x-amz-if-match-size", "ten")
                        .text())
                .contains("<Code>InvalidArgument</Code>");
        s3.deleteObject(
                delete -> delete.bucket(project).key("a").ifMatchSize(10L).ifMatchLastModifiedTime(time));
        s3.deleteObject(delete -> delete.bucket(project).key("a").ifMatchSize(11L));
        assertThat(code(() -> s3.getObject(get -> get.bucket(project).key("a"))))
                .isEqualTo("NoSuchKey");
    }

    @Test
    void whatTheClientExpectsOfTheBucket_isChecked() {
        put("a", 10);

        assertThat(status(() -> s3.getObject(get -> get.bucket(project).key("a").expectedBucketOwner("other"))))
                .isEqualTo(403);
        assertThat(status(() -> s3.deleteObject(
                        delete -> delete.bucket(project).key("a").expectedBucketOwner("other"))))
                .isEqualTo(403);
        s3.headObject(head -> head.bucket(project).key("a").expectedBucketOwner("stowage"));
        setOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(code(() -> setOwnership(ObjectOwnership.OBJECT_WRITER))).isEqualTo("NotImplemented");
        assertThat(plain.put("/owned", bytes(0), "x-amz-bucket-object-lock-enabled", "true")
                        .text())
                .contains("<Code>NotImplemented</Code>");
    }

    private void setOwnership(ObjectOwnership ownership) {
        OwnershipControlsRule rule =
                OwnershipControlsRule.builder().objectOwnership(ownership).build();
        s3.putBucketOwnershipControls(
                put -> put.bucket(project).ownershipControls(controls -> controls.rules(List.of(rule))));
    }

    @Test
    void buckets_areTheProjectsWithFiles() {
        // The SDK creates no bucket with upper-case letters.
        project = "s3-api-buckets";
        put("a", 1);

        assertThat(s3.listBuckets(list -> list.prefix(project)).buckets())
                .extracting(bucket -> bucket.name())
                .containsExactly(project);
        assertThat(code(() -> s3.deleteBucket(delete -> delete.bucket(project))))
                .isEqualTo("BucketNotEmpty");
        s3.createBucket(create -> create.bucket(project));
        s3.headBucket(head -> head.bucket(project));
    }

    @Test
    void folderMarker_isKeptUnlessItHasContent() {
        s3.putObject(put -> put.bucket(project).key("a/b/").metadata(Map.of("mode", "0755")), RequestBody.empty());
        put("a/b/file", 1);

        assertThat(s3.headObject(head -> head.bucket(project).key("a/b/")).metadata())
                .isEqualTo(Map.of("mode", "0755"));
        assertThat(s3.listObjectsV2(list -> list.bucket(project).prefix("a/b/").delimiter("/")).contents().stream()
                        .map(S3Object::key))
                .containsExactly("a/b/", "a/b/file");
        assertThat(s3.listObjectsV2(list -> list.bucket(project).prefix("a/").delimiter("/")).commonPrefixes().stream()
                        .map(CommonPrefix::prefix))
                .containsExactly("a/b/");
        s3.copyObject(copy -> copy.sourceBucket(project)
                .sourceKey("a/b/")
                .destinationBucket(project)
                .destinationKey("c/"));
        assertThat(s3.headObject(head -> head.bucket(project).key("c/")).metadata())
                .isEqualTo(Map.of("mode", "0755"));
        assertThat(code(() -> s3.copyObject(copy -> copy.sourceBucket(project)
                        .sourceKey("a/b/file")
                        .destinationBucket(project)
                        .destinationKey("c/d/"))))
                .isEqualTo("InvalidArgument");
        assertThat(code(() -> s3.putObject(put -> put.bucket(project).key("c/d/"), RequestBody.fromBytes(bytes(1)))))
                .isEqualTo("InvalidArgument");
        s3.deleteObject(delete -> delete.bucket(project).key("c/"));
        assertThat(status(() -> s3.headObject(head -> head.bucket(project).key("c/"))))
                .isEqualTo(404);
        assertThat(http.put(Paths.OBJECT + "raw/" + project + "/a/c/", bytes(0)).status())
                .isEqualTo(400);
    }

    @Test
    void folderMarker_isTakenAlongByJobs() throws InterruptedException {
        s3.putObject(put -> put.bucket(project).key("from/"), RequestBody.empty());
        s3.putObject(put -> put.bucket(project).key("from/empty/"), RequestBody.empty());
        put("from/a/file", 1);
        String base = "raw/" + project + "/";

        for (List<String> step : List.of(
                List.of("copy", "from/", "copy/"),
                List.of("set_metadata", "copy/", ""),
                List.of("verify", "copy/", ""),
                List.of("move", "copy/", "moved/"),
                List.of("delete", "from/", ""))) {
            Map<String, Object> target = step.get(2).isEmpty()
                    ? step.get(0).equals("set_metadata") ? Map.of("metadata", Map.of("note", "n")) : Map.of()
                    : Map.of("prefix", base + step.get(2));
            JobClient job = JobClient.submit(http, step.get(0), Map.of("prefix", base + step.get(1)), target);
            JsonNode ended = job.await(http, Duration.ofSeconds(60));
            assertThat(ended.path("state").asText())
                    .as(() -> step + ": " + job.items(http))
                    .isEqualTo("succeeded");
        }

        assertThat(s3.listObjectsV2(list -> list.bucket(project)).contents().stream()
                        .map(S3Object::key))
                .containsExactly("moved/", "moved/a/file", "moved/empty/");
        assertThat(s3.getObjectAsBytes(get -> get.bucket(project).key("moved/empty/"))
                        .asByteArray())
                .isEmpty();
    }

    /** The SDK would not send such requests. */
    @Test
    void malformedRequests_getErrorsOfS3() {
        assertThat(plain.put("/127.0.0.1", bytes(0)).text()).contains("<Code>InvalidBucketName</Code>");
        assertThat(plain.put("/" + project + "/" + "a".repeat(1025), bytes(1)).text())
                .contains("<Code>KeyTooLongError</Code>");
        assertThat(plain.get("/" + project + "?list-type=2&max-keys=-1").text())
                .contains("<Code>InvalidArgument</Code>");
        assertThat(plain.get("/" + project + "/a?uploadId=%ff").text()).contains("<Code>InvalidURI</Code>");
        assertThat(plain.put("/" + project + "?policy", bytes(1)).text()).contains("<Code>NotImplemented</Code>");
        assertThat(plain.send("PATCH", "/" + project + "/a", BodyPublishers.noBody())
                        .header("Allow"))
                .isEqualTo("DELETE, GET, HEAD, PUT");
        put("a", 10);
        assertThat(plain.get("/" + project + "/a", "Range", "bytes=10-").header("Content-Range"))
                .isEqualTo("bytes */10");
        assertThat(plain.send("POST", "/" + project + "?delete", BodyPublishers.ofString("<!DOCTYPE a><Delete/>"))
                        .text())
                .contains("<Code>MalformedXML</Code>");
        assertThat(plain.put("/" + project + "/a", bytes(5), "x-amz-content-sha256", "0".repeat(64))
                        .text())
                .contains("<Code>XAmzContentSHA256Mismatch</Code>");
        assertThat(plain.put("/" + project + "/a", bytes(1), "x-amz-meta-a", "b".repeat(3000))
                        .text())
                .contains("<Code>MetadataTooLarge</Code>");
        assertThat(plain.put("/" + project + "/a", bytes(1), "x-amz-meta-a", "b".repeat(20_000))
                        .text())
                .contains("<Code>RequestHeaderSectionTooLarge</Code>");
    }

    private static List<String> entries(ListObjectsResponse page) {
        return Stream.concat(
                        page.contents().stream().map(S3Object::key),
                        page.commonPrefixes().stream().map(CommonPrefix::prefix))
                .toList();
    }
}
