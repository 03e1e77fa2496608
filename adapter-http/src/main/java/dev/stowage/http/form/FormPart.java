package dev.stowage.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A part of a form.
 *
 * @param body its bytes as they arrive, until the reader moves on; closing it has no effect
 */
record FormPart(PartHeaders headers, InputStream body) {

    String name() {
        return headers.name();
    }

    /**
     * The part's text.
     *
     * @param maxBytes of UTF-8
     * @throws dev.stowage.core.error.InvalidInput when there are more, or they are no UTF-8
     */
    String text(int maxBytes) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw FormProblem.field(
                    name(), "The form field " + FormProblem.shown(name()) + " has more than " + maxBytes + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw FormProblem.field(name(), "The form field " + FormProblem.shown(name()) + " is not UTF-8");
        }
    }
}
