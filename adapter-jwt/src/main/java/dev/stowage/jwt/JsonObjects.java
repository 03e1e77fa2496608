package dev.stowage.jwt;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;

/** Reads JSON objects. */
final class JsonObjects {

    private JsonObjects() {}

    /** @throws ParseException when {@code text} is not a JSON object, or has a duplicate name (RFC 7519, section 4) */
    static Map<String, Object> object(String text) throws ParseException {
        Map<String, Object> members = JSONObjectUtils.parse(text);
        if (members == null) {
            throw new ParseException("JSON null is not an object", 0);
        }
        return members;
    }
}
