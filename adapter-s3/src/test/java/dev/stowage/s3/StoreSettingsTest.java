package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The settings that a copy carries over from an object of another program. */
final class StoreSettingsTest {

    private static final HeadObjectResponse FOREIGN = HeadObjectResponse.builder()
            .contentType("image")
            .metadata(Map.of("note", "v"))
            .cacheControl("x".repeat(2000))
            .contentEncoding("gzip")
            .contentLanguage("caf\u00E9")
            .storageClass("STANDARD_IA")
            .serverSideEncryption("aws:kms")
            .ssekmsKeyId("arn:aws:kms:us-east-1:1:key/k")
            .websiteRedirectLocation("/elsewhere")
            .expiresString("0")
            .build();

    @Test
    void copy_sendsEverythingThatTheStoreWouldReset() {
        CopyObjectRequest.Builder copy = CopyObjectRequest.builder();
        CreateMultipartUploadRequest.Builder upload = CreateMultipartUploadRequest.builder();
        new StoreSettings(FOREIGN).carry(copy);
        new StoreSettings(FOREIGN).carry(upload);

        CopyObjectRequest one = copy.build();
        CreateMultipartUploadRequest many = upload.build();
        assertThat(List.of(one.storageClassAsString(), many.storageClassAsString()))
                .containsOnly("STANDARD_IA");
        assertThat(List.of(one.serverSideEncryptionAsString(), many.serverSideEncryptionAsString()))
                .containsOnly("aws:kms");
        assertThat(List.of(one.ssekmsKeyId(), many.ssekmsKeyId())).containsOnly("arn:aws:kms:us-east-1:1:key/k");
        assertThat(List.of(one.bucketKeyEnabled(), many.bucketKeyEnabled())).containsOnly(false);
        assertThat(List.of(one.websiteRedirectLocation(), many.websiteRedirectLocation()))
                .containsOnly("/elsewhere");
        assertThat(one.overrideConfiguration().orElseThrow().headers()).containsEntry("Expires", List.of("0"));
        assertThat(many.overrideConfiguration().orElseThrow().headers()).containsEntry("Expires", List.of("0"));
    }

    @Test
    void copy_ofAPlainObject_sendsNothing() {
        CopyObjectRequest.Builder copy = CopyObjectRequest.builder();
        new StoreSettings(HeadObjectResponse.builder().storageClass("STANDARD").build()).carry(copy);

        assertThat(copy.build()).isEqualTo(CopyObjectRequest.builder().build());
    }

    @Test
    void invalidAttributes_areHidden_butKeptByAChangeOfOthers() {
        StoredAttributes stored = StoredAttributes.of(FOREIGN);

        assertThat(stored.decoded().headers())
                .isEqualTo(new HeaderAttributes(Map.of(
                        HeaderAttribute.CONTENT_ENCODING, "gzip", HeaderAttribute.CONTENT_LANGUAGE, "caf\u00E9")));
        assertThat(stored.decoded().contentType().value()).isEqualTo("application/octet-stream");

        StoredAttributes changed = stored.with(new AttributeChanges(
                Optional.empty(), Optional.of(Metadata.NONE), Map.of(HeaderAttribute.CONTENT_ENCODING, "")));
        assertThat(changed)
                .isEqualTo(new StoredAttributes(
                        "image",
                        Map.of(),
                        Map.of(
                                HeaderAttribute.CACHE_CONTROL,
                                "x".repeat(2000),
                                HeaderAttribute.CONTENT_LANGUAGE,
                                "=?UTF-8?B?Y2Fmw6k=?=")));
    }
}
