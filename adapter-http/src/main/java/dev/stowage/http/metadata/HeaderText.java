package dev.stowage.http.metadata;

import dev.stowage.core.object.EncodedWords;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes the text of header fields from clients. */
final class HeaderText {

    private HeaderText() {}

    /**
     * Decodes a header field whose chars are its bytes: as UTF-8, which many clients send, or else as ISO 8859-1, the historical charset of
     * HTTP. Encoded words in it are decoded.
     */
    static String decode(String bytes) {
        return EncodedWords.decode(utf8(bytes));
    }

    private static String utf8(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }
}
