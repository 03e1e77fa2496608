package dev.stowage.http.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.Metadata;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of a change of attributes. A missing field keeps the attribute, and {@code null} removes it. */
record MetadataPatch(
        @Nullable JsonNode contentType,
        @Nullable JsonNode metadata,
        @Nullable JsonNode cacheControl,
        @Nullable JsonNode contentDisposition,
        @Nullable JsonNode contentEncoding,
        @Nullable JsonNode contentLanguage) {

    /** @throws InvalidInput when a value has the wrong type or breaks its rules; {@code detail.field} names the field */
    AttributeChanges changes() {
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        put(headers, HeaderAttribute.CACHE_CONTROL, cacheControl);
        put(headers, HeaderAttribute.CONTENT_DISPOSITION, contentDisposition);
        put(headers, HeaderAttribute.CONTENT_ENCODING, contentEncoding);
        put(headers, HeaderAttribute.CONTENT_LANGUAGE, contentLanguage);
        return new AttributeChanges(
                Optional.ofNullable(contentType).map(MetadataPatch::type),
                Optional.ofNullable(metadata).map(MetadataPatch::notes),
                headers);
    }

    private static ContentType type(JsonNode node) {
        return node.isNull() ? ContentType.OCTET_STREAM : new ContentType(text("content_type", node));
    }

    private static Metadata notes(JsonNode node) {
        if (node.isNull()) {
            return Metadata.NONE;
        }
        if (!node.isObject()) {
            throw invalid("metadata", "an object of strings, or null");
        }
        Map<String, String> notes = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String field = "metadata." + entry.getKey();
            if (!entry.getValue().isTextual()) {
                throw invalid(field, "a string");
            }
            notes.put(entry.getKey(), entry.getValue().textValue());
        });
        return new Metadata(notes);
    }

    private static void put(Map<HeaderAttribute, String> headers, HeaderAttribute attribute, @Nullable JsonNode node) {
        if (node != null) {
            headers.put(attribute, node.isNull() ? "" : text(attribute.field(), node));
        }
    }

    private static String text(String field, JsonNode node) {
        if (!node.isTextual()) {
            throw invalid(field, "a string or null");
        }
        return node.textValue();
    }

    private static InvalidInput invalid(String field, String expected) {
        return InvalidInput.ofField(field, "The field " + field + " must be " + expected);
    }
}
