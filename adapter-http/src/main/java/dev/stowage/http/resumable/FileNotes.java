package dev.stowage.http.resumable;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.MediaTypes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.http.metadata.ExpiresIn;
import java.text.Normalizer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The metadata that a client of a resumable upload sends for the file.
 *
 * @param values by name; unmodifiable
 */
public record FileNotes(Map<String, String> values) {

    /** The name of the entry with the file's media type. */
    public static final String TYPE = "filetype";

    private static final String KEY = "key";
    private static final String FILENAME = "filename";

    public FileNotes {
        values = Map.copyOf(values);
    }

    /**
     * Returns the file's key: {@code key}, or the key that the layout builds from {@code filename} and its other variables.
     * {@code filename} is normalized to NFC, because browsers send the form of their file system.
     *
     * @throws dev.stowage.core.error.InvalidInput when both are missing, or the key does not fit the layout
     */
    public ObjectKey key(KeyLayout layout) {
        Optional<String> key = Optional.ofNullable(values.get(KEY));
        if (key.isPresent()) {
            return new ObjectKey(key.get());
        }
        Map<String, String> variables = new LinkedHashMap<>(values);
        variables.computeIfPresent(FILENAME, (name, value) -> Normalizer.normalize(value, Normalizer.Form.NFC));
        return layout.fill(variables);
    }

    /**
     * Returns the file's attributes: its type, {@code expires_in}, the header attributes by their JSON names, and the other entries as its
     * metadata. Without a type it is guessed by the key's extension. A type that is not a media type, which clients send for unknown types, is ignored.
     *
     * @throws dev.stowage.core.error.InvalidInput when another attribute is not valid
     */
    public ObjectAttributes attributes(KeyLayout layout) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.remove(TYPE);
        Optional<OwnExpiry> expiry =
                Optional.ofNullable(rest.remove(ExpiresIn.NAME)).map(OwnExpiry::inSeconds);
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            headers.put(attribute, Objects.requireNonNullElse(rest.remove(attribute.field()), ""));
        }
        if (rest.remove(KEY) == null) {
            rest.keySet().removeAll(layout.variables());
        }
        return new ObjectAttributes(contentType(layout), new Metadata(rest, expiry), new HeaderAttributes(headers));
    }

    private ContentType contentType(KeyLayout layout) {
        String type = values.get(TYPE);
        return type == null ? MediaTypes.guess(key(layout)) : MediaTypes.lenient(type);
    }
}
