package dev.stowage.http.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.BrokenContent;
import dev.stowage.core.error.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormReaderTest {

    private static final String B = FormBody.BOUNDARY;

    @Test
    void next_givesPartsInOrder_withTheirTypes() throws IOException {
        byte[] body = new FormBody()
                .field("key", "raw/p/ä.txt")
                .file("file", "hello".getBytes(StandardCharsets.UTF_8))
                .end();
        assertThat(ReadForm.of(body).parts())
                .containsExactly(
                        new ReadForm.Part("key", Optional.empty(), "raw/p/Ã¤.txt"),
                        new ReadForm.Part("file", Optional.of("application/x-test"), "hello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r",
                "\n",
                "\r\n--",
                "--",
                "-----BEGIN CERTIFICATE-----\r\n",
                "\r\n-----BEGIN",
                "x\r\n--------------------------d74496d66958873",
                "--------------------------d74496d66958873",
                "\n" + "--" + FormBody.BOUNDARY,
                "\r--" + FormBody.BOUNDARY,
                "\r\r\n",
                "ends with CR\r"
            })
    void body_comesOutAsItIs_howeverItArrives(String content) throws IOException {
        byte[] body = new FormBody()
                .file("file", content.getBytes(StandardCharsets.UTF_8))
                .field("after", "x")
                .end();
        for (int cut = 1; cut < body.length; cut++) {
            int[] sizes = {cut, body.length};
            var next = IntStream.of(sizes).iterator();
            ReadForm form = ReadForm.of(new Chunks(body, next::nextInt), B);
            assertThat(form.failure()).as("cut at " + cut).isNull();
            assertThat(form.parts())
                    .as("cut at " + cut)
                    .extracting(ReadForm.Part::latin1)
                    .containsExactly(content, "x");
        }
        assertThat(ReadForm.of(new Chunks(body, () -> 1), B)).isEqualTo(ReadForm.of(body));
    }

    @Test
    void next_passesOverPreambleAndEpilogue() throws IOException {
        byte[] body = new FormBody().raw("This is MIME.\r\n").field("a", "1").end();
        assertThat(ReadForm.of(body).parts()).hasSize(1);
        byte[] epilogue = new FormBody()
                .field("a", "1")
                .raw("--" + B + "--\r\nbye\r\n--" + B + "\r\n")
                .cut();
        assertThat(ReadForm.of(epilogue)).isEqualTo(ReadForm.of(body));
    }

    @Test
    void next_passesOverWhatWasNotRead() throws IOException {
        byte[] body =
                new FormBody().file("file", new byte[300_000]).field("key", "k").end();
        FormReader reader = new FormReader(new ByteArrayInputStream(body), new Boundary(B), 10);
        InputStream file = reader.next().orElseThrow().body();
        assertThat(file.read()).isZero();
        assertThat(reader.next().orElseThrow().text(10)).isEqualTo("k");
        assertThatThrownBy(file::read).isInstanceOf(IllegalStateException.class);
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void reader_takesNoMoreFromTheRequestThanItsBuffer() throws IOException {
        byte[] body = new FormBody().file("file", new byte[8 << 20]).end();
        Chunks source = new Chunks(body, () -> Integer.MAX_VALUE);
        InputStream file =
                new FormReader(source, new Boundary(B), 10).next().orElseThrow().body();
        byte[] piece = new byte[1000];
        for (int read = file.read(piece), total = read; read > 0; read = file.read(piece), total += read) {
            assertThat(source.position() - total).isLessThanOrEqualTo(DelimitedBuffer.SIZE + 200);
        }
    }

    @Test
    void part_withoutBodyAndEmptyLine_isEmpty() throws IOException {
        byte[] body = new FormBody()
                .raw("--" + B + "\r\nContent-Disposition: form-data; name=a\r\n\r\n--" + B + "--")
                .cut();
        assertThat(ReadForm.of(body).parts()).containsExactly(new ReadForm.Part("a", Optional.empty(), ""));
    }

    @Test
    void form_withoutParts_isEmpty() throws IOException {
        assertThat(ReadForm.of(new FormBody().end()).parts()).isEmpty();
    }

    @Test
    void truncatedBody_fails_whereverItEnds() throws IOException {
        byte[] whole = new FormBody().field("a", "1").file("b", new byte[100]).end();
        for (int length = 0; length < whole.length - 2; length++) {
            FormReader reader = new FormReader(new ByteArrayInputStream(whole, 0, length), new Boundary(B), 10);
            assertThatThrownBy(() -> readAll(reader)).as("at " + length).isInstanceOf(BrokenContent.class);
        }
    }

    @Test
    void part_closedOnlyByAnotherBoundary_fails() throws IOException {
        String failure =
                ReadForm.of(new FormBody("other").field("a", "1").end()).failure();
        assertThat(failure).contains("before its final boundary");
        byte[] long0 = new FormBody("other").file("a", new byte[20_000]).end();
        assertThat(ReadForm.of(long0).failure()).contains("does not begin with the boundary");
    }

    @Test
    void lineFeedsAlone_areRefused() throws IOException {
        String crlf = new String(new FormBody().field("a", "1").end(), StandardCharsets.UTF_8);
        ReadForm form = ReadForm.of(crlf.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(form.failure()).contains("CR LF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: attachment; name=a\r\n",
                "Content-Disposition: form-data\r\n",
                "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n",
                "Content-Disposition: form-data; name=a; name=b\r\n",
                "Content-Disposition: form-data; name=\"a\r\n",
                "Content-Type: text/plain\r\n",
                "",
                "no header\r\n",
                ": empty\r\n",
                " Content-Disposition: form-data; name=a\r\n",
                "Content-Disposition: form-data;\r\n name=a\r\n",
                "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n",
                "Content-Disposition: form-data; name=a\rX: y\r\n"
            })
    void malformedHeaders_areRefused(String headers) throws IOException {
        byte[] body = new FormBody().part(headers, new byte[3]).end();
        FormReader reader = new FormReader(new ByteArrayInputStream(body), new Boundary(B), 10);
        assertThatThrownBy(reader::next).isInstanceOf(InvalidInput.class);
    }

    @Test
    void boundaryLine_takesPadding_andNothingElse() throws IOException {
        String part = "Content-Disposition: form-data; name=a\r\n\r\n1\r\n";
        assertThat(ReadForm.of(new FormBody().raw("--" + B + " \t\r\n" + part).end())
                        .parts())
                .hasSize(1);
        assertThat(ReadForm.of(new FormBody().raw("--" + B + "x\r\n" + part).end())
                        .failure())
                .contains("not followed by a line break");
    }

    @Test
    void partsAndHeaders_areBounded() throws IOException {
        FormBody many = new FormBody();
        for (int i = 0; i < 101; i++) {
            many.field("a", "1");
        }
        assertThat(ReadForm.of(many.end()).failure()).contains("more than 100 parts");
        String large = "X: " + "y".repeat(8192) + "\r\nContent-Disposition: form-data; name=a\r\n";
        assertThat(ReadForm.of(new FormBody().part(large, new byte[1]).end()).failure())
                .contains("too large");
        String several = ("X: " + "y".repeat(1000) + "\r\n").repeat(9) + "Content-Disposition: form-data; name=a\r\n";
        assertThat(ReadForm.of(new FormBody().part(several, new byte[1]).end()).failure())
                .contains("too large");
    }

    @Test
    void text_isBounded_andUtf8() throws IOException {
        byte[] body = new FormBody()
                .field("a", "12345")
                .part("Content-Disposition: form-data; name=b\r\n", new byte[] {(byte) 0xC3})
                .end();
        FormReader reader = new FormReader(new ByteArrayInputStream(body), new Boundary(B), 10);
        FormPart first = reader.next().orElseThrow();
        assertThatThrownBy(() -> first.text(4))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("more than 4 bytes");
        FormPart second = reader.next().orElseThrow();
        assertThatThrownBy(() -> second.text(4))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("UTF-8");
    }

    private static void readAll(FormReader reader) throws IOException {
        for (Optional<FormPart> part = reader.next(); part.isPresent(); part = reader.next()) {
            part.get().body().readAllBytes();
        }
    }
}
