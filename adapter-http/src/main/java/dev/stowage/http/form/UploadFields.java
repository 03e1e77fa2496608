package dev.stowage.http.form;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.http.json.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the fields of an upload's form say: {@code key}, {@code content_type}, {@code metadata}. */
final class UploadFields {

    static final String KEY = "key";
    static final String CONTENT_TYPE = "content_type";
    static final String METADATA = "metadata";

    /** The most bytes of each field; metadata of 2 KiB may be all escapes in JSON. */
    static final Map<String, Integer> LIMITS = Map.of(KEY, 8 << 10, CONTENT_TYPE, 1 << 10, METADATA, 32 << 10);

    private final FormFields fields;
    private final JsonCodec json;

    UploadFields(FormFields fields, JsonCodec json) {
        this.fields = fields;
        this.json = json;
    }

    /** Whether it is known where the file goes. */
    boolean haveKey() {
        return fields.have(Set.of(KEY));
    }

    /** @throws InvalidInput when it is missing or no key */
    ObjectKey key() {
        return new ObjectKey(fields.required(KEY));
    }

    /**
     * The attributes, as far as the fields have arrived.
     *
     * @throws InvalidInput when a field is wrong; {@code detail.field} names it
     */
    ObjectAttributes attributes(FormPart file) {
        Optional<String> own = fields.text(CONTENT_TYPE);
        String field = own.isPresent() ? CONTENT_TYPE : file.name();
        ContentType type = own.or(() -> file.headers().contentType())
                .map(text -> contentType(field, text))
                .orElse(ContentType.OCTET_STREAM);
        return new ObjectAttributes(
                type, fields.text(METADATA).map(this::metadata).orElse(Metadata.NONE));
    }

    /** @throws InvalidInput when {@code text}, which came in {@code field}, is no media type */
    static ContentType contentType(String field, String text) {
        try {
            return new ContentType(text);
        } catch (InvalidInput e) {
            throw new InvalidInput(e.code(), String.valueOf(e.getMessage()), Map.of("field", field));
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
                METADATA, "The form field metadata must be a JSON object of texts, such as {\"author\": \"Ada\"}");
    }

    private static final class Texts extends LinkedHashMap<String, @Nullable String> {}
}
