package dev.stowage.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Form;
import dev.stowage.it.service.S3Clients;
import dev.stowage.it.store.RunsOn;
import dev.stowage.it.store.StandKind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Multipart uploads, checksums and forms of the S3 API. */
@RunsOn({StandKind.EMBEDDED, StandKind.S3PROXY})
class S3UploadsIT extends S3ApiSuite {

    /** SDKs ask for the checksum with each object, and compare it. */
    @Test
    void checksum_ofAnObject_isReturnedWithIt_whereTheStoreKeepsIt() {
        String sent = s3.putObject(
                        put -> put.bucket(project).key("a").checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
                        RequestBody.fromBytes(bytes(100_000)))
                .checksumCRC32C();

        GetObjectResponse object = s3.getObjectAsBytes(
                        get -> get.bucket(project).key("a").checksumMode(ChecksumMode.ENABLED))
                .response();
        assertThat(object.checksumCRC32C()).isEqualTo(stand.outside().isEmpty() ? sent : null);
        assertThat(s3.getObjectAsBytes(get -> get.bucket(project).key("a"))
                        .response()
                        .checksumCRC32C())
                .as("which was not asked for")
                .isNull();
        assertThat(s3.getObjectAsBytes(get ->
                                get.bucket(project).key("a").range("bytes=0-9").checksumMode(ChecksumMode.ENABLED))
                        .response()
                        .checksumCRC32C())
                .as("of a range")
                .isNull();
    }

    /** The first answer may have been lost. */
    @Test
    void completion_thatIsRepeated_hasTheSameAnswer() {
        String upload = s3.createMultipartUpload(
                        create -> create.bucket(project).key("a").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        UploadPartResponse part = s3.uploadPart(
                put -> put.bucket(project)
                        .key("a")
                        .uploadId(upload)
                        .partNumber(1)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromBytes(bytes(1000)));
        CompletedPart completed = S3Clients.part(1, part.eTag());

        List<CompleteMultipartUploadResponse> answers = Stream.of(1, 2)
                .map(attempt -> s3.completeMultipartUpload(complete -> complete.bucket(project)
                        .key("a")
                        .uploadId(upload)
                        .multipartUpload(parts -> parts.parts(completed))))
                .toList();

        assertThat(answers.get(1).eTag()).isEqualTo(answers.get(0).eTag());
        assertThat(answers.get(1).checksumSHA256()).isEqualTo(answers.get(0).checksumSHA256());
        assertThat(answers.get(0).checksumSHA256() != null)
                .as("where the store keeps it")
                .isEqualTo(stand.outside().isEmpty());
    }

    /** 6 MiB: S3 copies ranges only of larger objects than 5 MiB by itself. */
    @Test
    void copyOfRanges_isThatOfTheStore_orOfTheService() {
        byte[] whole = bytes(6 << 20);
        s3.putObject(put -> put.bucket(project).key("whole"), RequestBody.fromBytes(whole));
        String upload = s3.createMultipartUpload(
                        create -> create.bucket(project).key("copy"))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (String range : List.of("bytes=0-5242879", "bytes=5242880-6291455")) {
            int number = parts.size() + 1;
            String tag = s3.uploadPartCopy(copy -> copy.sourceBucket(project)
                            .sourceKey("whole")
                            .copySourceRange(range)
                            .destinationBucket(project)
                            .destinationKey("copy")
                            .uploadId(upload)
                            .partNumber(number))
                    .copyPartResult()
                    .eTag();
            parts.add(S3Clients.part(number, tag));
        }
        s3.completeMultipartUpload(complete ->
                complete.bucket(project).key("copy").uploadId(upload).multipartUpload(list -> list.parts(parts)));

        assertThat(s3.getObjectAsBytes(get -> get.bucket(project).key("copy")).asByteArray())
                .isEqualTo(whole);
    }

    @Test
    void formOfABrowser_isStoredAsItsPolicyPermits() {
        String policy = Base64.getEncoder()
                .encodeToString(("{\"expiration\":\"2100-01-01T00:00:00Z\",\"conditions\":[{\"bucket\":\"" + project
                                + "\"},[\"starts-with\",\"$key\",\"in/\"],[\"starts-with\",\"$Content-Type\",\"\"],"
                                + "[\"starts-with\",\"$x-amz-meta-note\",\"\"],{\"success_action_status\":\"201\"},"
                                + "[\"content-length-range\",1,100000]]}")
                        .getBytes(UTF_8));

        Api.Reply stored = post(policy, "in/${filename}", bytes(70_000));
        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        assertThat(stored.text())
                .contains("<Key>in/a b.txt</Key>")
                .containsPattern("<Location>http://[^<]*/" + project + "/in/a%20b.txt</Location>");
        ResponseBytes<GetObjectResponse> object =
                s3.getObjectAsBytes(get -> get.bucket(project).key("in/a b.txt"));
        assertThat(object.asByteArray()).isEqualTo(bytes(70_000));
        assertThat(object.response().contentType()).isEqualTo("text/plain");
        assertThat(object.response().metadata()).isEqualTo(Map.of("note", "n"));

        assertThat(post(policy, "other/a", bytes(1)).text()).contains("<Code>AccessDenied</Code>");
        assertThat(post(policy, "in/large", bytes(100_001)).text()).contains("<Code>EntityTooLarge</Code>");
        assertThat(post(policy, "in/empty", bytes(0)).text()).contains("<Code>EntityTooSmall</Code>");
        assertThat(s3.listObjectsV2(list -> list.bucket(project)).contents()).hasSize(1);
    }

    private Api.Reply post(String policy, String key, byte[] file) {
        Form form = new Form()
                .field("key", key)
                .field("Content-Type", "text/plain")
                .field("x-amz-meta-note", "n")
                .field("success_action_status", "201")
                .field("policy", policy)
                .file("file", "a b.txt", "application/x-unused", file);
        return plain.send("POST", "/" + project, form.body(), "Content-Type", form.contentType());
    }
}
