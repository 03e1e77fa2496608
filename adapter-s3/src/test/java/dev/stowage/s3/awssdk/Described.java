package dev.stowage.s3.awssdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The attributes of an object. */
record Described(
        @Nullable String contentType,
        Map<String, String> metadata,
        @Nullable String cacheControl,
        @Nullable String contentDisposition,
        @Nullable String contentEncoding,
        @Nullable String contentLanguage) {

    static final Described PART = new Described(null, Map.of(), null, null, null, null);

    static Described by(PutObjectRequest request) {
        return new Described(
                request.contentType(),
                request.metadata(),
                request.cacheControl(),
                request.contentDisposition(),
                request.contentEncoding(),
                request.contentLanguage());
    }

    static Described by(CreateMultipartUploadRequest request) {
        return new Described(
                request.contentType(),
                request.metadata(),
                request.cacheControl(),
                request.contentDisposition(),
                request.contentEncoding(),
                request.contentLanguage());
    }

    static Described by(CopyObjectRequest request) {
        return new Described(
                request.contentType(),
                request.metadata(),
                request.cacheControl(),
                request.contentDisposition(),
                request.contentEncoding(),
                request.contentLanguage());
    }

    HeadObjectResponse.Builder head() {
        return HeadObjectResponse.builder()
                .contentType(contentType)
                .metadata(metadata)
                .cacheControl(cacheControl)
                .contentDisposition(contentDisposition)
                .contentEncoding(contentEncoding)
                .contentLanguage(contentLanguage);
    }

    GetObjectResponse.Builder get() {
        return GetObjectResponse.builder()
                .contentType(contentType)
                .metadata(metadata)
                .cacheControl(cacheControl)
                .contentDisposition(contentDisposition)
                .contentEncoding(contentEncoding)
                .contentLanguage(contentLanguage);
    }
}
