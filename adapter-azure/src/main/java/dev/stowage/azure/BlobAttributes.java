package dev.stowage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.EncodedWords;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The attributes of a blob, as its headers have them: in ASCII. Those that other clients wrote are kept even if they are not valid in the
 * core.
 *
 * <p>The names of metadata have to be identifiers of C#. Other characters are written as an underscore and their code in two hexadecimal
 * digits: {@code a-b} is {@code a_2db}.
 *
 * @param contentType empty for none
 * @param metadata by name
 * @param headers those that are present
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/setting-and-retrieving-properties-and-metadata-for-blob-resources">
 *     Metadata of blobs</a>
 */
record BlobAttributes(String contentType, Map<String, String> metadata, Map<HeaderAttribute, String> headers) {

    static final BlobAttributes NONE = new BlobAttributes("", Map.of(), Map.of());

    private static final String METADATA = "x-ms-meta-";
    private static final String PROPERTY = "x-ms-blob-";

    /** What {@link #identifier} writes for characters that names of metadata have, but identifiers don't. */
    private static final Pattern ESCAPE = Pattern.compile("_(2d|2e|3[0-9]|5f)");

    /** A character to be escaped: one that identifiers don't have, a digit at the beginning, or an underscore that looks like an escape. */
    private static final Pattern ESCAPED = Pattern.compile("[-.]|^[0-9]|_(?=2d|2e|3[0-9]|5f)");

    BlobAttributes {
        metadata = Map.copyOf(metadata);
        headers = Map.copyOf(headers);
    }

    static BlobAttributes of(ObjectAttributes attributes) {
        return NONE.with(AttributeChanges.to(attributes));
    }

    /** Returns those in the headers of an answer. */
    static BlobAttributes of(HttpHeaders answer) {
        Map<String, String> metadata = new HashMap<>();
        answer.stream().forEach(header -> {
            String name = header.getName();
            if (name.toLowerCase(Locale.ROOT).startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), header.getValue());
            }
        });
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            String value = answer.getValue(HttpHeaderName.fromString(attribute.header()));
            if (value != null && !value.isEmpty()) {
                headers.put(attribute, value);
            }
        }
        String contentType = answer.getValue(HttpHeaderName.CONTENT_TYPE);
        return new BlobAttributes(contentType == null ? "" : contentType, metadata, headers);
    }

    /** Returns the attributes in the form of the core, without those that are not valid. */
    ObjectAttributes decoded() {
        Map<String, String> values = new HashMap<>();
        metadata.forEach((name, value) -> values.put(name(name), EncodedWords.decode(value)));
        Map<HeaderAttribute, String> decoded = new EnumMap<>(HeaderAttribute.class);
        headers.forEach((name, value) -> decoded.put(name, EncodedWords.decode(value)));
        return new ObjectAttributes(
                ContentType.orDefault(contentType), Metadata.lenient(values), HeaderAttributes.lenient(decoded));
    }

    /** Returns the attributes after some changes. */
    BlobAttributes with(AttributeChanges changes) {
        Map<HeaderAttribute, String> changed = new HashMap<>(headers);
        changes.headers().forEach((name, value) -> changed.put(name, EncodedWords.encode(value)));
        changed.values().removeIf(String::isEmpty);
        return new BlobAttributes(
                changes.contentType().map(ContentType::value).orElse(contentType),
                changes.metadata().map(BlobAttributes::encode).orElse(metadata),
                changed);
    }

    /** Returns headers for a request that writes a blob with these attributes. */
    HttpHeaders described() {
        HttpHeaders request = new HttpHeaders();
        if (!contentType.isEmpty()) {
            request.set(HttpHeaderName.fromString(PROPERTY + "content-type"), contentType);
        }
        headers.forEach(
                (attribute, value) -> request.set(HttpHeaderName.fromString(PROPERTY + attribute.header()), value));
        metadata.forEach((name, value) -> request.set(HttpHeaderName.fromString(METADATA + name), value));
        return request;
    }

    private static Map<String, String> encode(Metadata metadata) {
        Map<String, String> encoded = new HashMap<>();
        metadata.values().forEach((name, value) -> encoded.put(identifier(name), EncodedWords.encode(value)));
        return encoded;
    }

    static String identifier(String name) {
        return ESCAPED.matcher(name)
                .replaceAll(match -> "_%02x".formatted((int) match.group().charAt(0)));
    }

    static String name(String identifier) {
        return ESCAPE.matcher(identifier).replaceAll(BlobAttributes::character);
    }

    private static String character(MatchResult escape) {
        return Character.toString(Integer.parseInt(escape.group(1), 16));
    }
}
