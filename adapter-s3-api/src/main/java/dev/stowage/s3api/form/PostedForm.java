package dev.stowage.s3api.form;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A form by which a browser uploads an object (Amazon S3 API Reference, "Browser-based uploads using POST"): the fields before the file,
 * and the file, of which nothing is read yet.
 *
 * @param fields by their names in lower case; those behind the file are ignored, as with S3
 */
public record PostedForm(Map<String, String> fields, PostedPart file) {

    static final String FILE = "file";

    /** The most parts of a form. */
    private static final int MAX_PARTS = 100;

    /** The most bytes of all fields together, which are read before the signature can be verified; the same as with S3. */
    private static final int MAX_FIELDS = 20 << 10;

    private static final String FILE_NAME = "${filename}";

    public PostedForm {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Reads a form up to its file.
     *
     * @throws S3ErrorException when the form has no file, or its fields are too large
     * @throws dev.stowage.core.error.InvalidInput when it is malformed
     * @throws IOException when the client has disconnected
     */
    public static PostedForm read(FormOpener forms, InputStream body, String contentType) throws IOException {
        Supplier<Optional<PostedPart>> parts = forms.open(body, contentType, MAX_PARTS);
        Map<String, String> fields = new LinkedHashMap<>();
        int left = MAX_FIELDS;
        for (Optional<PostedPart> part = parts.get(); part.isPresent(); part = parts.get()) {
            String name = part.get().name().toLowerCase(Locale.ROOT);
            if (name.equals(FILE)) {
                return new PostedForm(fields, part.get());
            }
            byte[] value = part.get().body().readNBytes(left + 1);
            left -= value.length + name.length();
            if (left < 0) {
                throw new S3ErrorException(
                        S3ErrorCode.MAX_POST_PRE_DATA_LENGTH_EXCEEDED,
                        "Your POST request fields preceding the upload file were too large.");
            }
            if (fields.put(name, new String(value, StandardCharsets.UTF_8)) != null) {
                throw S3ErrorException.invalidArgument(name, "", "The form has the field " + name + " twice");
            }
        }
        throw S3ErrorException.invalidArgument(FILE, "", "POST requires exactly one file upload per request.");
    }

    /** Returns a field. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /**
     * Returns the name of the object, in which {@code ${filename}} stands for the name of the file.
     *
     * @throws S3ErrorException when it is missing
     */
    public String objectName() {
        return field("key")
                .filter(key -> !key.isEmpty())
                .map(key -> key.replace(FILE_NAME, fileName()))
                .orElseThrow(() -> S3ErrorException.invalidArgument(
                        "key",
                        "",
                        "Bucket POST must contain a field named 'key'.  If it is specified, please check the"
                                + " order of the fields."));
    }

    /** Some browsers send the whole path. */
    private String fileName() {
        String name = file.fileName().orElse("");
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
