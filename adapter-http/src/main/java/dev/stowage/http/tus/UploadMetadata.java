package dev.stowage.http.tus;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.http.resumable.FileNotes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The value of {@code Upload-Metadata}: pairs of a name and a value in base64, separated by commas.
 *
 * @param values by name, decoded; unmodifiable
 */
record UploadMetadata(Map<String, String> values) {

    UploadMetadata {
        values = Map.copyOf(values);
    }

    /** @throws InvalidInput when the field is malformed, has a name twice, or a value that is not UTF-8 */
    static UploadMetadata parse(String field) {
        Map<String, String> values = new LinkedHashMap<>();
        if (field.isBlank()) {
            return new UploadMetadata(values);
        }
        for (String pair : field.split(",", -1)) {
            String[] words = pair.strip().split(" ", -1);
            if (words[0].isEmpty() || words.length > 2) {
                throw invalid("must be a list of pairs separated by commas: a name, a space, and the value in base64");
            }
            String value = words.length == 1 ? "" : decode(words[0], words[1]);
            if (values.put(words[0], value) != null) {
                throw invalid("has the name " + words[0] + " twice");
            }
        }
        return new UploadMetadata(values);
    }

    /** Returns the entries as metadata of the file. */
    FileNotes notes() {
        return new FileNotes(values);
    }

    private static String decode(String name, String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid("has a value for " + name + " that is not UTF-8 in base64");
        }
    }

    private static InvalidInput invalid(String what) {
        return InvalidInput.ofField("Upload-Metadata", "Upload-Metadata " + what);
    }
}
