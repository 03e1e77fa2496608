package dev.stowage.http.form;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.metadata.ExpiresIn;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of an upload's form: {@code key}, {@code content_type}, {@code metadata}, {@code expires_in}, {@code cache_control} and the other attributes. */
final class UploadFields {

    static final String KEY = "key";
    static final String CONTENT_TYPE = "content_type";
    static final String METADATA = "metadata";

    /**
     * The maximum size of each field, in bytes. In JSON, 2 KiB of metadata may consist of escapes only. The attributes' own limits are
     * lower.
     */
    static final Map<String, Integer> LIMITS = limits();

    private final FormFields fields;
    private final Optional<OwnExpiry> expiry;
    private final JsonCodec json;

    /** @param expiry from the query */
    UploadFields(FormFields fields, Optional<OwnExpiry> expiry, JsonCodec json) {
        this.fields = fields;
        this.expiry = expiry;
        this.json = json;
    }

    private static Map<String, Integer> limits() {
        Map<String, Integer> limits =
                new HashMap<>(Map.of(KEY, 8 << 10, CONTENT_TYPE, 1 << 10, METADATA, 32 << 10, ExpiresIn.NAME, 1 << 10));
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            limits.put(attribute.field(), 8 << 10);
        }
        return Map.copyOf(limits);
    }

    /** Whether the key has been read. */
    boolean haveKey() {
        return fields.have(Set.of(KEY));
    }

    /** @throws InvalidInput when it is missing or not a valid key */
    ObjectKey key() {
        return new ObjectKey(fields.required(KEY));
    }

    /**
     * Returns the attributes from the fields read so far. Without {@code content_type}, the file has the type of its part.
     *
     * @throws InvalidInput when a field is invalid; {@code detail.field} names it
     */
    ObjectAttributes attributes(FormPart file) {
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            headers.put(attribute, fields.text(attribute.field()).orElse(""));
        }
        return new ObjectAttributes(
                        fields.text(CONTENT_TYPE)
                                .map(UploadFields::contentType)
                                .orElseGet(() -> file.headers().type()),
                        fields.text(METADATA).map(this::metadata).orElse(Metadata.NONE),
                        new HeaderAttributes(headers))
                .expiring(expiry());
    }

    private Optional<OwnExpiry> expiry() {
        Optional<OwnExpiry> field = fields.text(ExpiresIn.NAME).map(text -> OwnExpiry.inSeconds(text.strip()));
        if (field.isPresent() && expiry.isPresent() && !field.equals(expiry)) {
            throw FormProblem.field(
                    ExpiresIn.NAME, "The form field expires_in differs from that of the query; send only one of them");
        }
        return field.or(() -> expiry);
    }

    private static ContentType contentType(String text) {
        try {
            return new ContentType(text.strip());
        } catch (InvalidInput e) {
            throw FormProblem.field(CONTENT_TYPE, String.valueOf(e.getMessage()));
        }
    }

    private Metadata metadata(String text) {
        Texts texts;
        try {
            texts = json.read(text, Texts.class);
        } catch (InvalidInput e) {
            throw notTexts();
        }
        if (texts.containsValue(null)) {
            throw notTexts();
        }
        return new Metadata(texts);
    }

    private static InvalidInput notTexts() {
        return FormProblem.field(
                METADATA, "The form field metadata must be a JSON object of strings, such as {\"author\": \"Ada\"}");
    }

    private static final class Texts extends LinkedHashMap<String, @Nullable String> {}
}
