package dev.stowage.http.resumable;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.http.metadata.MediaTypes;
import java.text.Normalizer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What clients of resumable uploads note of a file.
 *
 * @param values by name; unmodifiable
 */
public record FileNotes(Map<String, String> values) {

    /** The name of the file's media type. */
    public static final String TYPE = "filetype";

    private static final String KEY = "key";
    private static final String FILENAME = "filename";

    public FileNotes {
        values = Map.copyOf(values);
    }

    /**
     * The file's key: {@code key}, or what the layout makes of {@code filename} and its other variables. As browsers give names the form that
     * their file system has, {@code filename} is brought to NFC.
     *
     * @throws dev.stowage.core.error.InvalidInput when there is neither, or it does not fit the layout
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
     * The file's attributes: its type, those that are sent as headers by their names in JSON, and what else there is as its metadata. A type
     * that is no media type, which clients send for what they do not know, is taken as none.
     */
    public ObjectAttributes attributes(KeyLayout layout) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.remove(TYPE);
        Map<HeaderAttribute, String> headers = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            headers.put(attribute, Objects.requireNonNullElse(rest.remove(attribute.field()), ""));
        }
        if (rest.remove(KEY) == null) {
            rest.keySet().removeAll(layout.variables());
        }
        return new ObjectAttributes(
                MediaTypes.lenient(values.get(TYPE)), new Metadata(rest), new HeaderAttributes(headers));
    }
}
