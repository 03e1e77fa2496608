package dev.stowage.http.form;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.key.PercentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Forms of {@code application/x-www-form-urlencoded} (URL Standard, section 5), which carry text fields only. */
final class UrlencodedForm {

    /** Enough for the JSON of 10000 parts, with quotes and braces encoded. */
    private static final int MAX_BYTES = 4 << 20;

    private UrlencodedForm() {}

    /** Whether a body of this {@code Content-Type} is such a form. */
    static boolean isType(@Nullable String contentType) {
        return contentType != null
                && contentType
                        .split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals("application/x-www-form-urlencoded");
    }

    /**
     * Reads the form into {@code fields}.
     *
     * @throws dev.stowage.core.error.InvalidInput when it is too large, not percent-encoded UTF-8, or has invalid fields
     */
    static void read(InputStream body, FormFields fields) {
        byte[] bytes = bytes(body);
        if (bytes.length > MAX_BYTES) {
            throw FormProblem.malformed(
                    "The form has more than " + MAX_BYTES + " bytes; send it as multipart/form-data");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (int start = 0; start <= text.length(); ) {
            int and = text.indexOf('&', start);
            int end = and < 0 ? text.length() : and;
            if (end > start) {
                add(text.substring(start, end), fields);
            }
            start = end + 1;
        }
    }

    private static byte[] bytes(InputStream body) {
        try {
            return body.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new BrokenContent("The form could not be read to its end; send it again", e);
        }
    }

    private static void add(String pair, FormFields fields) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        fields.add(decode(name), decode(equals < 0 ? "" : pair.substring(equals + 1)));
    }

    private static String decode(String text) {
        try {
            return PercentEncoding.decodeQuery(text);
        } catch (IllegalArgumentException e) {
            throw FormProblem.malformed("The form is not percent-encoded UTF-8: " + e.getMessage());
        }
    }
}
