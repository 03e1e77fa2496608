package dev.stowage.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCodecTest {

    private final JsonCodec codec = new JsonCodec();

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"names\": [\"a\"", "{\"names\": [\"a"})
    void failureOfTheBody_isThrown_whereverItHappens(String before) {
        IOException failure = new IOException("the client is gone");
        InputStream body = new SequenceInputStream(stream(before.getBytes(StandardCharsets.UTF_8)), failing(failure));

        assertThatThrownBy(() -> codec.read(body, Names.class)).isSameAs(failure);
    }

    @Test
    void bytesThatAreNoUtf8_areRefused_byTheirField() {
        byte[] body = "{\"names\": [\"\u00ff\"]}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> codec.read(stream(body), Names.class))
                .isInstanceOfSatisfying(InvalidInput.class, refused -> {
                    assertThat(refused).hasMessageContaining("not valid JSON in UTF-8 at the field names[0]");
                    assertThat(refused.detail()).containsEntry("field", "names[0]");
                });
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream failing(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw failure;
            }
        };
    }

    private record Names(List<String> names) {}
}
