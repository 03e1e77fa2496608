package dev.stowage.http.form;

import dev.stowage.core.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading a form.
 *
 * @param parts up to the end or the failure
 * @param failure the message of the failure
 */
record ReadForm(List<Part> parts, @Nullable String failure) {

    record Part(String name, Optional<String> contentType, String latin1) {}

    static ReadForm of(InputStream body, String boundary) throws IOException {
        FormReader reader = new FormReader(body, new Boundary(boundary), 100);
        List<Part> parts = new ArrayList<>();
        try {
            for (Optional<FormPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                byte[] bytes = part.get().body().readAllBytes();
                parts.add(new Part(
                        part.get().name(),
                        part.get().headers().contentType(),
                        new String(bytes, StandardCharsets.ISO_8859_1)));
            }
            return new ReadForm(parts, null);
        } catch (StorageException e) {
            return new ReadForm(parts, e.getMessage());
        }
    }

    static ReadForm of(byte[] body) throws IOException {
        return of(new Chunks(body, () -> Integer.MAX_VALUE), FormBody.BOUNDARY);
    }
}
