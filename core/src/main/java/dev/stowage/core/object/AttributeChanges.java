package dev.stowage.core.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes to an object's attributes. Attributes that are not named are kept.
 *
 * @param contentType the new type; empty to keep the current one
 * @param metadata the complete new metadata, with the expiry; empty to keep the current one
 * @param headers the new values; an empty value removes the attribute; unmodifiable
 */
public record AttributeChanges(
        Optional<ContentType> contentType, Optional<Metadata> metadata, Map<HeaderAttribute, String> headers) {

    /** Changes nothing. */
    public static final AttributeChanges NONE = new AttributeChanges(Optional.empty(), Optional.empty(), Map.of());

    /** Normalizes the values. @throws dev.stowage.core.error.InvalidInput when one breaks the rules of {@link HeaderAttribute#normalize} */
    public AttributeChanges {
        Map<HeaderAttribute, String> normalized = new EnumMap<>(HeaderAttribute.class);
        headers.forEach((attribute, text) -> normalized.put(attribute, attribute.normalize(text)));
        headers = Collections.unmodifiableMap(normalized);
    }

    /** Returns changes after which an object has exactly {@code attributes}. */
    public static AttributeChanges to(ObjectAttributes attributes) {
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            headers.put(attribute, attributes.headers().get(attribute).orElse(""));
        }
        return new AttributeChanges(Optional.of(attributes.contentType()), Optional.of(attributes.metadata()), headers);
    }

    /** Returns the same changes with other metadata. */
    public AttributeChanges with(Metadata other) {
        return new AttributeChanges(contentType, Optional.of(other), headers);
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return fields().isEmpty();
    }

    /** Returns the names of the changed attributes, such as {@code content_type}. */
    public List<String> fields() {
        List<String> fields = new ArrayList<>();
        contentType.ifPresent(type -> fields.add("content_type"));
        metadata.ifPresent(notes -> fields.add("metadata"));
        headers.keySet().forEach(attribute -> fields.add(attribute.field()));
        return fields;
    }

    /** Returns the attributes of an object with {@code current} after the changes. */
    public ObjectAttributes applyTo(ObjectAttributes current) {
        Map<HeaderAttribute, String> values = new EnumMap<>(HeaderAttribute.class);
        values.putAll(current.headers().values());
        values.putAll(headers);
        return new ObjectAttributes(
                contentType.orElse(current.contentType()),
                metadata.orElse(current.metadata()),
                new HeaderAttributes(values));
    }
}
