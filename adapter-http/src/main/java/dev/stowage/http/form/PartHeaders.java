package dev.stowage.http.form;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.MediaTypes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.digest.DigestHeaders;
import dev.stowage.http.route.RouteConditions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of a form's part (RFC 7578, section 4).
 *
 * @param name the name of the form field
 * @param contentType the part's type, as sent
 * @param fileName of the part, as sent; never empty
 * @param fields all headers, by lower-case name
 */
record PartHeaders(
        String name, Optional<String> contentType, Optional<String> fileName, Map<String, List<String>> fields) {

    /** @throws dev.stowage.core.error.InvalidInput when a line is not a header, or the name of the form field is missing */
    static PartHeaders parse(List<String> lines) {
        Map<String, List<String>> fields = fields(lines);
        HeaderValue disposition = single(fields, "content-disposition")
                .map(HeaderValue::parse)
                .filter(header -> header.value().equals("form-data"))
                .orElseThrow(
                        () -> FormProblem.malformed("A part has no header Content-Disposition: form-data; name=\"…\""));
        String name = disposition
                .parameter("name")
                .orElseThrow(() -> FormProblem.malformed("The Content-Disposition of a part has no name"));
        checkEncoding(name, single(fields, "content-transfer-encoding").orElse("binary"));
        return new PartHeaders(name, single(fields, "content-type"), fileName(disposition), fields);
    }

    /**
     * Returns the digests of the part's bytes.
     *
     * @throws dev.stowage.core.error.InvalidInput when a digest is malformed
     * @throws dev.stowage.core.error.NotSupported when a digest can't be verified
     */
    List<Checksum> digests() {
        return new DigestHeaders(List.copyOf(fields.keySet()), this::values).all();
    }

    /**
     * Returns the conditions on the file under the part's key: those of this part, or of the whole form.
     *
     * @throws dev.stowage.core.error.InvalidInput when they are malformed or not supported, or the form has other ones
     */
    Preconditions conditions(Preconditions ofForm) {
        RouteConditions.WRITE.check(this::has);
        Preconditions own = WriteConditions.parse(this::values);
        if (!own.isEmpty() && !ofForm.isEmpty() && !own.equals(ofForm)) {
            throw FormProblem.field(
                    name,
                    "The part " + FormProblem.shown(name)
                            + " and the whole form have different conditions; send them only once");
        }
        return own.isEmpty() ? ofForm : own;
    }

    /** @throws dev.stowage.core.error.InvalidInput when the part has a condition */
    void refuseConditions() {
        RouteConditions.NONE.check(this::has);
    }

    private boolean has(String field) {
        return !values(field).isEmpty();
    }

    private List<String> values(String field) {
        return fields.getOrDefault(field.toLowerCase(Locale.ROOT), List.of());
    }

    /** Returns the part's media type; {@link ContentType#OCTET_STREAM} when it is missing or not a valid media type. */
    ContentType type() {
        return MediaTypes.lenient(contentType.orElse(null));
    }

    /** RFC 7578 does not allow {@code filename*}, but some clients send it; its value begins with a charset and a language (RFC 8187). */
    private static Optional<String> fileName(HeaderValue disposition) {
        return disposition
                .parameter("filename")
                .filter(name -> !name.isEmpty())
                .or(() -> disposition
                        .parameter("filename*")
                        .map(name -> name.substring(name.lastIndexOf('\'') + 1))
                        .filter(name -> !name.isEmpty()));
    }

    private static Map<String, List<String>> fields(List<String> lines) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) <= ' ') {
                throw FormProblem.malformed(
                        "A part has the line " + FormProblem.shown(line) + ", which is not a header");
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            fields.computeIfAbsent(name, added -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return fields;
    }

    private static Optional<String> single(Map<String, List<String>> fields, String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw FormProblem.malformed("A part has more than one header " + name);
        }
        return values.stream().findFirst();
    }

    /** RFC 7578, section 4.7 deprecates encodings. They are not decoded here, so an encoded part must not be stored. */
    private static void checkEncoding(String name, String encoding) {
        if (!List.of("7bit", "8bit", "binary").contains(encoding.toLowerCase(Locale.ROOT))) {
            throw FormProblem.field(
                    name,
                    "The part " + FormProblem.shown(name)
                            + " has a Content-Transfer-Encoding, which is not supported; send the plain bytes");
        }
    }
}
