package dev.stowage.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A part of a form.
 *
 * @param body its bytes as they arrive, valid until the reader moves to the next part. It needs no closing and closing it has no effect, as the
 *     server closes the request
 */
record FormPart(PartHeaders headers, InputStream body) {

    String name() {
        return headers.name();
    }

    /**
     * Returns this part if it is a chosen file. A browser sends a file field without a chosen file as a part with an empty file name and no
     * bytes (HTML, "constructing the entry list"), and scripts append an empty string; neither is a file. An empty file has a name.
     *
     * @throws dev.stowage.core.error.InvalidInput when it has neither a file name nor any bytes
     */
    FormPart chosen() throws IOException {
        if (headers.fileName().isPresent()) {
            return this;
        }
        int first = body.read();
        if (first < 0) {
            throw FormProblem.field(
                    name(),
                    "No file was chosen: the part " + FormProblem.shown(name())
                            + " has no file name and no bytes. Choose a file; an empty file needs a file name");
        }
        PushbackInputStream whole = new PushbackInputStream(body);
        whole.unread(first);
        return new FormPart(headers, whole);
    }

    /**
     * Reads the part as text.
     *
     * @param maxBytes of UTF-8
     * @throws dev.stowage.core.error.InvalidInput when there are more, or they are not UTF-8
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
