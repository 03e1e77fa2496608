package dev.stowage.s3api.operation;

import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.EncodedWords;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.request.QueryText;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attributes of objects in header fields. */
final class ObjectHeaders {

    private static final String METADATA = "x-amz-meta-";

    /** What clients send by default, and what holds for every object. */
    private static final Set<String> HARMLESS_ACLS = Set.of("private", "bucket-owner-full-control");

    /** The beginnings of fields that change how an object is stored in ways that the service does not have. */
    private static final List<String> UNSUPPORTED = List.of(
            "x-amz-server-side-encryption",
            "x-amz-copy-source-server-side-encryption",
            "x-amz-tagging",
            "x-amz-object-lock-",
            "x-amz-website-redirect-location",
            "x-amz-write-offset-bytes");

    private static final Map<String, HeaderAttribute> OVERRIDES = Map.of(
            "response-cache-control", HeaderAttribute.CACHE_CONTROL,
            "response-content-disposition", HeaderAttribute.CONTENT_DISPOSITION,
            "response-content-encoding", HeaderAttribute.CONTENT_ENCODING,
            "response-content-language", HeaderAttribute.CONTENT_LANGUAGE);

    private ObjectHeaders() {}

    /**
     * Returns the attributes of an object that is written.
     *
     * @throws S3ErrorException when the request asks for what the service does not have
     * @throws dev.stowage.core.error.InvalidInput when an attribute is not valid
     */
    static ObjectAttributes parse(HeaderLines headers) {
        refuseUnsupported(headers);
        Map<HeaderAttribute, String> values = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            headers.text(attribute.header()).map(EncodedWords::decode).ifPresent(value -> values.put(attribute, value));
        }
        return new ObjectAttributes(
                headers.get("Content-Type")
                        .map(String::strip)
                        .filter(type -> !type.isEmpty())
                        .map(ContentType::new)
                        .orElse(ContentType.OCTET_STREAM),
                metadata(headers),
                new HeaderAttributes(values));
    }

    /** @throws S3ErrorException when the request asks for what the service does not have */
    static void refuseUnsupported(HeaderLines headers) {
        for (String name : headers.names()) {
            if (UNSUPPORTED.stream().anyMatch(name::startsWith)) {
                throw S3ErrorException.notImplemented("The header " + name);
            }
            if (name.startsWith("x-amz-grant-")) {
                throw noAcls();
            }
        }
        headers.get("x-amz-acl")
                .filter(acl -> !HARMLESS_ACLS.contains(acl.strip()))
                .ifPresent(acl -> {
                    throw noAcls();
                });
        headers.get("x-amz-storage-class")
                .filter(storageClass -> !storageClass.strip().equals("STANDARD"))
                .ifPresent(storageClass -> {
                    throw new S3ErrorException(S3ErrorCode.INVALID_STORAGE_CLASS, "The only storage class is STANDARD");
                });
        if (headers.get("Expires").isPresent()) {
            throw S3ErrorException.notImplemented("The attribute Expires; Cache-Control has the same purpose, and");
        }
    }

    /** The error for access control lists, as of a bucket whose owner has disabled them. */
    static S3ErrorException noAcls() {
        return new S3ErrorException(
                S3ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
                "The service has no ACLs but private; rights belong to API keys");
    }

    /** Sets the fields of a response with an object or its head. */
    static void write(Reply reply, ObjectInfo info, QueryText overrides) {
        version(reply, info);
        reply.header("Content-Type", info.attributes().contentType().value());
        info.attributes()
                .headers()
                .values()
                .forEach((attribute, value) -> reply.header(attribute.header(), EncodedWords.encode(value)));
        info.attributes()
                .metadata()
                .values()
                .forEach((name, value) -> reply.header(METADATA + name, EncodedWords.encode(value)));
        overrides.get("response-content-type").ifPresent(type -> reply.header("Content-Type", override(type)));
        overrides.get("response-expires").ifPresent(value -> reply.header("Expires", override(value)));
        OVERRIDES.forEach((parameter, attribute) ->
                overrides.get(parameter).ifPresent(value -> reply.header(attribute.header(), override(value))));
    }

    /** Sets the fields that tell which version of an object a response is about. */
    static void version(Reply reply, ObjectInfo info) {
        reply.header("ETag", info.etag().quoted());
        reply.header("Last-Modified", HttpTime.header(info.lastModified()));
        reply.header("Accept-Ranges", "bytes");
        // Stored content must not run as a page of the service, whatever client shows it.
        reply.header("X-Content-Type-Options", "nosniff");
        reply.header("Content-Security-Policy", "sandbox");
    }

    private static String override(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw S3ErrorException.invalidArgument(
                    "response-*", "", "A header's value must have no control characters");
        }
        return EncodedWords.encode(value);
    }

    private static Metadata metadata(HeaderLines headers) {
        Map<String, String> values = new LinkedHashMap<>();
        long size = 0;
        for (String header : headers.names()) {
            if (header.startsWith(METADATA)) {
                String name = header.substring(METADATA.length());
                String value = EncodedWords.decode(headers.text(header).orElse(""));
                size += utf8Length(name) + utf8Length(value);
                values.put(name, value);
            }
        }
        if (size > Metadata.MAX_BYTES) {
            throw new S3ErrorException(
                            S3ErrorCode.METADATA_TOO_LARGE,
                            "Your metadata headers exceed the maximum allowed metadata size")
                    .with("Size", Long.toString(size))
                    .with("MaxSizeAllowed", Integer.toString(Metadata.MAX_BYTES));
        }
        return values.isEmpty() ? Metadata.NONE : new Metadata(values);
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
