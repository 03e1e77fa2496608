package dev.stowage.core.object;

import dev.stowage.core.error.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The user metadata of an object: names of {@code a-z 0-9 . _ -}, and values of any text without control characters, together at most 2 KiB
 * of UTF-8 (S3's limit). Stores also keep the object's own expiry in it.
 *
 * @param values by lower-case name, in the order of the names; unmodifiable. What clients see and set
 * @param expiry of the object by itself; takes {@link #EXPIRY_BYTES} of the total size
 */
public record Metadata(Map<String, String> values, Optional<OwnExpiry> expiry) {

    /** The maximum total size of names and values in bytes of UTF-8. */
    public static final int MAX_BYTES = 2048;

    /** How many bytes an expiry takes at most, with its name. */
    public static final int EXPIRY_BYTES = 32;

    /** No metadata. */
    public static final Metadata NONE = new Metadata(Map.of());

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]+");

    /** Converts the names to lower case. @throws InvalidInput when a name, a value or their total size is not valid, or a name is reserved */
    public Metadata {
        Map<String, String> sorted = new TreeMap<>();
        int bytes = expiry.isPresent() ? EXPIRY_BYTES : 0;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            check(name, entry.getValue());
            if (sorted.put(name, entry.getValue()) != null) {
                throw invalid("The metadata name " + name + " appears twice");
            }
            bytes += utf8Length(name) + utf8Length(entry.getValue());
        }
        if (bytes > MAX_BYTES) {
            throw invalid("The metadata has " + bytes + " bytes, over the limit of " + MAX_BYTES);
        }
        values = Collections.unmodifiableMap(sorted);
    }

    /** Creates metadata without an expiry. @throws InvalidInput as the constructor with an expiry does */
    public Metadata(Map<String, String> values) {
        this(values, Optional.empty());
    }

    /** Returns the same entries with another expiry, or none. @throws InvalidInput when both are too large together */
    public Metadata expiring(Optional<OwnExpiry> other) {
        return new Metadata(values, other);
    }

    /** Returns the entries for a store to keep, in ASCII names: {@link #values()}, and one for the expiry. {@link #ofStored} reads them. */
    public Map<String, String> stored() {
        if (expiry.isEmpty()) {
            return values;
        }
        Map<String, String> all = new TreeMap<>(values);
        all.put(OwnExpiry.NAME, expiry.get().text());
        return Collections.unmodifiableMap(all);
    }

    /** Returns the metadata that {@link #stored} has written. @throws InvalidInput when it is not valid */
    public static Metadata ofStored(Map<String, String> entries) {
        String expiry = entries.get(OwnExpiry.NAME);
        if (expiry == null) {
            return new Metadata(entries);
        }
        Map<String, String> values = new TreeMap<>(entries);
        values.remove(OwnExpiry.NAME);
        return new Metadata(values, OwnExpiry.parse(expiry));
    }

    /**
     * Returns the valid entries among {@code values}, in the order of their names, as far as they fit: for objects stored by other clients.
     * Names are converted to lower case; of names that are then equal, one is kept. Includes the expiry that {@link #stored} has written.
     */
    public static Metadata lenient(Map<String, String> values) {
        Optional<OwnExpiry> expiry = values.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(OwnExpiry.NAME))
                .flatMap(entry -> OwnExpiry.parse(entry.getValue()).stream())
                .findFirst();
        Map<String, String> valid = new TreeMap<>();
        int bytes = expiry.isPresent() ? EXPIRY_BYTES : 0;
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            int size = utf8Length(name) + utf8Length(entry.getValue());
            if (isValid(name, entry.getValue()) && bytes + size <= MAX_BYTES && !valid.containsKey(name)) {
                valid.put(name, entry.getValue());
                bytes += size;
            }
        }
        return new Metadata(valid, expiry);
    }

    private static boolean isValid(String name, String value) {
        try {
            check(name, value);
            return true;
        } catch (InvalidInput foreign) {
            return false;
        }
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw invalid("A metadata name must have at least one character, all of a-z 0-9 . _ -");
        }
        if (name.equals(OwnExpiry.NAME)) {
            throw invalid("The metadata name " + name + " is reserved; set expires_in instead");
        }
        boolean clean = value.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
        if (!clean) {
            throw invalid("The metadata value of " + name + " contains a control character or an unpaired surrogate");
        }
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static InvalidInput invalid(String message) {
        return InvalidInput.ofField("metadata", message);
    }
}
