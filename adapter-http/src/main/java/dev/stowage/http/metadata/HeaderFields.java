package dev.stowage.http.metadata;

import dev.stowage.core.object.EncodedWords;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** File attributes that are sent as header fields, in the headers and the JSON of requests and responses. */
public final class HeaderFields {

    private HeaderFields() {}

    /**
     * Parses the attributes of the file in a request's body.
     *
     * @param headers returns the values of a field, one for each field line, by its name; each char is a byte
     * @throws dev.stowage.core.error.InvalidInput when a value breaks the rules of {@link HeaderAttribute#normalize}
     */
    public static HeaderAttributes parse(Function<String, List<String>> headers) {
        Map<HeaderAttribute, String> values = new EnumMap<>(HeaderAttribute.class);
        for (HeaderAttribute attribute : HeaderAttribute.values()) {
            String value = String.join(", ", headers.apply(attribute.header()));
            values.put(attribute, EncodedWords.decode(EncodedWords.text(value)));
        }
        return new HeaderAttributes(values);
    }

    /** Returns the value of an attribute for a header, in ASCII. */
    public static Optional<String> header(HeaderAttributes attributes, HeaderAttribute attribute) {
        return attributes.get(attribute).map(EncodedWords::encode);
    }

    /** Returns the values that are not null. */
    public static Map<HeaderAttribute, String> present(
            @Nullable String cacheControl,
            @Nullable String contentDisposition,
            @Nullable String contentEncoding,
            @Nullable String contentLanguage) {
        Map<HeaderAttribute, String> values = new EnumMap<>(HeaderAttribute.class);
        put(values, HeaderAttribute.CACHE_CONTROL, cacheControl);
        put(values, HeaderAttribute.CONTENT_DISPOSITION, contentDisposition);
        put(values, HeaderAttribute.CONTENT_ENCODING, contentEncoding);
        put(values, HeaderAttribute.CONTENT_LANGUAGE, contentLanguage);
        return values;
    }

    private static void put(Map<HeaderAttribute, String> values, HeaderAttribute attribute, @Nullable String value) {
        if (value != null) {
            values.put(attribute, value);
        }
    }
}
