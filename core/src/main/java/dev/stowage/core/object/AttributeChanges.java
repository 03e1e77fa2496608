package dev.stowage.core.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of an object's attributes change; what is not named stays as it is.
 *
 * @param contentType the new type; empty to keep the type
 * @param metadata the new metadata, all of it; empty to keep the metadata
 * @param headers the new values; an empty text removes the attribute; unmodifiable
 */
public record AttributeChanges(
        Optional<ContentType> contentType, Optional<Metadata> metadata, Map<HeaderAttribute, String> headers) {

    /** No change. */
    public static final AttributeChanges NONE = new AttributeChanges(Optional.empty(), Optional.empty(), Map.of());

    /** Normalizes the values. @throws dev.stowage.core.error.InvalidInput when one breaks the rules of {@link HeaderAttribute#normalize} */
    public AttributeChanges {
        Map<HeaderAttribute, String> normalized = new EnumMap<>(HeaderAttribute.class);
        headers.forEach((attribute, text) -> normalized.put(attribute, attribute.normalize(text)));
        headers = Collections.unmodifiableMap(normalized);
    }

    /** Changes everything: the object then has exactly {@code attributes}. */
    public static AttributeChanges to(ObjectAttributes attributes) {
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            headers.put(attribute, attributes.headers().get(attribute).orElse(""));
        }
        return new AttributeChanges(Optional.of(attributes.contentType()), Optional.of(attributes.metadata()), headers);
    }

    /** Whether nothing is named. */
    public boolean isEmpty() {
        return fields().isEmpty();
    }

    /** The names of what changes, such as {@code content_type}. */
    public List<String> fields() {
        List<String> fields = new ArrayList<>();
        contentType.ifPresent(type -> fields.add("content_type"));
        metadata.ifPresent(notes -> fields.add("metadata"));
        headers.keySet().forEach(attribute -> fields.add(attribute.field()));
        return fields;
    }

    /** What an object that has {@code current} has after the change. */
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
