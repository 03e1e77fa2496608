package dev.stowage.core.adapter;

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
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The attributes of an object in the form of a store's headers, which are in ASCII. Text beyond it is in encoded words (RFC 2047, section
 * 2). What other clients wrote is kept by a copy also if it is not valid in the core.
 *
 * @param contentType empty for none
 * @param metadata by the names of the store; unmodifiable
 * @param headers those that are present; unmodifiable
 */
public record EncodedAttributes(
        String contentType, Map<String, String> metadata, Map<HeaderAttribute, String> headers) {

    /** No attributes. */
    public static final EncodedAttributes NONE = new EncodedAttributes("", Map.of(), Map.of());

    public EncodedAttributes {
        metadata = Map.copyOf(metadata);
        headers = Map.copyOf(headers);
    }

    /**
     * Returns those in the headers of a response, for stores over HTTP.
     *
     * @param headers by name, in any case
     * @param metadataPrefix begins the names of headers with metadata, in lower case
     */
    public static EncodedAttributes ofHeaders(Map<String, String> headers, String metadataPrefix) {
        Map<String, String> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        named.putAll(headers);
        Map<String, String> metadata = new HashMap<>();
        named.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(metadataPrefix)) {
                metadata.put(name.substring(metadataPrefix.length()), value);
            }
        });
        Map<HeaderAttribute, String> present = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            String value = named.getOrDefault(attribute.header(), "");
            if (!value.isEmpty()) {
                present.put(attribute, value);
            }
        }
        return new EncodedAttributes(named.getOrDefault("Content-Type", ""), metadata, present);
    }

    /**
     * Returns the headers of a request that writes these attributes, for stores over HTTP.
     *
     * @param prefix begins the names of headers other than those with metadata; may be empty
     * @param metadataPrefix begins the names of headers with metadata
     */
    public Map<String, String> toHeaders(String prefix, String metadataPrefix) {
        Map<String, String> request = new HashMap<>();
        if (!contentType.isEmpty()) {
            request.put(prefix + "Content-Type", contentType);
        }
        headers.forEach((attribute, value) -> request.put(prefix + attribute.header(), value));
        metadata.forEach((name, value) -> request.put(metadataPrefix + name, value));
        return request;
    }

    /**
     * Returns attributes to be stored.
     *
     * @param toStore writes the names of metadata as those of the store
     */
    public static EncodedAttributes of(ObjectAttributes attributes, UnaryOperator<String> toStore) {
        return NONE.with(AttributeChanges.to(attributes), toStore);
    }

    /**
     * Returns these attributes after some changes.
     *
     * @param toStore writes the names of metadata as those of the store
     */
    public EncodedAttributes with(AttributeChanges changes, UnaryOperator<String> toStore) {
        Map<HeaderAttribute, String> changed = new HashMap<>(headers);
        changes.headers().forEach((name, value) -> changed.put(name, EncodedWords.encode(value)));
        changed.values().removeIf(String::isEmpty);
        return new EncodedAttributes(
                changes.contentType().map(ContentType::value).orElse(contentType),
                changes.metadata().map(values -> encode(values, toStore)).orElse(metadata),
                changed);
    }

    /**
     * Returns the attributes in the form of the core, without those that are not valid.
     *
     * @param fromStore reverses {@code toStore}
     */
    public ObjectAttributes decoded(UnaryOperator<String> fromStore) {
        Map<String, String> values = new HashMap<>();
        metadata.forEach((name, value) -> values.put(fromStore.apply(name), EncodedWords.decode(value)));
        Map<HeaderAttribute, String> decoded = new EnumMap<>(HeaderAttribute.class);
        headers.forEach((name, value) -> decoded.put(name, EncodedWords.decode(value)));
        return new ObjectAttributes(
                ContentType.orDefault(contentType), Metadata.lenient(values), HeaderAttributes.lenient(decoded));
    }

    private static Map<String, String> encode(Metadata metadata, UnaryOperator<String> toStore) {
        Map<String, String> encoded = new HashMap<>();
        metadata.stored().forEach((name, value) -> encoded.put(toStore.apply(name), EncodedWords.encode(value)));
        return encoded;
    }
}
