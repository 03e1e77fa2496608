package dev.stowage.s3;

import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.EncodedWords;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.ObjectAttributes;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * An object's attributes in the form of the store's headers. Values stored by other programs are kept even if the core would refuse them.
 *
 * @param metadata by name without {@code x-amz-meta-}, in ASCII
 * @param headers in ASCII; absent ones are not in the map
 */
record StoredAttributes(
        @Nullable String contentType, Map<String, String> metadata, Map<HeaderAttribute, String> headers) {

    static StoredAttributes of(ObjectAttributes attributes) {
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        attributes.headers().values().forEach((name, value) -> headers.put(name, EncodedWords.encode(value)));
        return new StoredAttributes(
                attributes.contentType().value(), UserMetadata.encode(attributes.metadata()), headers);
    }

    static StoredAttributes of(HeadObjectResponse head) {
        return new StoredAttributes(
                head.contentType(),
                head.metadata(),
                headers(
                        head.cacheControl(),
                        head.contentDisposition(),
                        head.contentEncoding(),
                        head.contentLanguage()));
    }

    static StoredAttributes of(GetObjectResponse answer) {
        return new StoredAttributes(
                answer.contentType(),
                answer.metadata(),
                headers(
                        answer.cacheControl(),
                        answer.contentDisposition(),
                        answer.contentEncoding(),
                        answer.contentLanguage()));
    }

    /** The attributes as a type of the core, without invalid ones. */
    ObjectAttributes decoded() {
        Map<HeaderAttribute, String> decoded = new EnumMap<>(HeaderAttribute.class);
        headers.forEach((name, value) -> decoded.put(name, EncodedWords.decode(value)));
        return new ObjectAttributes(
                contentType == null ? ContentType.OCTET_STREAM : ContentType.orDefault(contentType),
                UserMetadata.decode(metadata),
                HeaderAttributes.lenient(decoded));
    }

    /** The same attributes with {@code changes}. */
    StoredAttributes with(AttributeChanges changes) {
        Map<HeaderAttribute, String> changed = new EnumMap<>(HeaderAttribute.class);
        headers.forEach((name, value) -> changed.put(name, ascii(value)));
        changes.headers().forEach((name, value) -> changed.put(name, EncodedWords.encode(value)));
        changed.values().removeIf(String::isEmpty);
        return new StoredAttributes(
                changes.contentType().map(ContentType::value).orElse(contentType),
                changes.metadata().map(UserMetadata::encode).orElse(metadata),
                changed);
    }

    /** The same attributes with the mark of a conditional write. */
    StoredAttributes marked(WriteId id) {
        return new StoredAttributes(contentType, id.mark(metadata), headers);
    }

    void describe(PutObjectRequest.Builder request) {
        request.contentType(contentType)
                .metadata(metadata)
                .cacheControl(headers.get(HeaderAttribute.CACHE_CONTROL))
                .contentDisposition(headers.get(HeaderAttribute.CONTENT_DISPOSITION))
                .contentEncoding(headers.get(HeaderAttribute.CONTENT_ENCODING))
                .contentLanguage(headers.get(HeaderAttribute.CONTENT_LANGUAGE));
    }

    void describe(CreateMultipartUploadRequest.Builder request) {
        request.contentType(contentType)
                .metadata(metadata)
                .cacheControl(headers.get(HeaderAttribute.CACHE_CONTROL))
                .contentDisposition(headers.get(HeaderAttribute.CONTENT_DISPOSITION))
                .contentEncoding(headers.get(HeaderAttribute.CONTENT_ENCODING))
                .contentLanguage(headers.get(HeaderAttribute.CONTENT_LANGUAGE));
    }

    void describe(CopyObjectRequest.Builder request) {
        request.contentType(contentType)
                .metadata(metadata)
                .cacheControl(headers.get(HeaderAttribute.CACHE_CONTROL))
                .contentDisposition(headers.get(HeaderAttribute.CONTENT_DISPOSITION))
                .contentEncoding(headers.get(HeaderAttribute.CONTENT_ENCODING))
                .contentLanguage(headers.get(HeaderAttribute.CONTENT_LANGUAGE));
    }

    private static Map<HeaderAttribute, String> headers(
            @Nullable String cache,
            @Nullable String disposition,
            @Nullable String encoding,
            @Nullable String language) {
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        put(headers, HeaderAttribute.CACHE_CONTROL, cache);
        put(headers, HeaderAttribute.CONTENT_DISPOSITION, disposition);
        put(headers, HeaderAttribute.CONTENT_ENCODING, encoding);
        put(headers, HeaderAttribute.CONTENT_LANGUAGE, language);
        return headers;
    }

    private static void put(Map<HeaderAttribute, String> headers, HeaderAttribute name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            headers.put(name, value);
        }
    }

    /** Requests are signed as ASCII. */
    private static String ascii(String value) {
        return value.chars().allMatch(c -> c < 0x80) ? value : EncodedWords.encode(value);
    }
}
