package dev.stowage.worker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte of a manifest is part of a key, of a failed line, or of something that can't be a key. */
class ManifestLinesTest {

    private static final String OCTETS = "application/octet-stream";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineEnd_isAccepted_andTheLastMayBeMissing(String end) {
        assertThat(csv("a" + end + "\"b\"" + end + end + "c")).containsExactly("a", "b", "c");
        assertThat(csv("key" + end + "a" + end)).containsExactly("a");
        assertThat(json("\"a\"" + end + "{\"key\":\"b\"}" + end + end + "\"c\""))
                .containsExactly("a", "b", "c");
        assertThat(json("\"a\"" + end + end + "x"))
                .satisfiesExactly(key -> assertThat(key).isEqualTo("a"), fails(3));
    }

    @Test
    void byteOrderMark_isSkipped_onlyAtTheBeginning() {
        assertThat(csv("\uFEFF\"key\",n\na,1")).containsExactly("a");
        assertThat(csv("\uFEFFa\nb")).containsExactly("a", "b");
        assertThat(csv("a\n\uFEFFb")).containsExactly("a", "\uFEFFb");
        assertThat(json("\uFEFF{\"key\":\"a\"}")).containsExactly("a");
        assertThat(json("\"a\"\n\uFEFF\"b\""))
                .satisfiesExactly(key -> assertThat(key).isEqualTo("a"), fails(2));
    }

    @Test
    void otherEncodings_areRefused() {
        assertRefused("key\na".getBytes(StandardCharsets.UTF_16), "UTF-16");
        assertRefused(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0}, "UTF-16");
        assertRefused(new byte[] {0x1F, (byte) 0x8B, 8, 0}, "compressed");
        assertThatThrownBy(() -> lines("m/list", "text/csv; charset=ISO-8859-1", bytes("a")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("iso-8859-1");
        assertThat(lines("m/list", "text/csv; Charset=\"UTF-8\"", bytes("a"))).containsExactly("a");
    }

    @Test
    void invalidUtf8_failsItsLine() {
        byte[] invalid = {'a', '\n', 'b', (byte) 0xFF, '\n', 'c'};
        assertThat(lines("m/list.csv", OCTETS, invalid))
                .satisfiesExactly(
                        a -> assertThat(a).isEqualTo("a"),
                        fails(2, "UTF-8"),
                        c -> assertThat(c).isEqualTo("c"));
        assertThat(lines("m/list.jsonl", OCTETS, new byte[] {'"', (byte) 0xC3, '"'}))
                .satisfiesExactly(fails(1, "UTF-8"));
    }

    @Test
    void csvHeader_isFoundByItsName_inAnyColumn() {
        assertThat(csv("note,\" KEY \"\r\n\"two\r\nlines\",a\r\n")).containsExactly("a");
        assertThat(csv("size,note\n")).containsExactly("size");
        assertThat(lines("m/list", "text/csv; header=absent", bytes("key\na"))).containsExactly("key", "a");
        assertThat(lines("m/list", "text/csv;header=present", bytes("n,key\n1,a")))
                .containsExactly("a");
        assertThatThrownBy(() -> lines("m/list", "text/csv;header=present", bytes("n,name\n1,a")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("column named key");
    }

    @Test
    void csvQuotes_areParsed_orFailTheirLine() {
        assertThat(csv("\"a,\"\"b\"\"\",x\nc,y")).containsExactly("a,\"b\"", "c");
        assertThat(csv(" a ,x\nb,\"\"")).containsExactly(" a ", "b");
        assertThat(csv("a\nb\"c\nd"))
                .satisfiesExactly(a -> {}, fails(2, "quote"), d -> assertThat(d).isEqualTo("d"));
        assertThat(csv("a\n\"b\"c\nd"))
                .satisfiesExactly(a -> {}, fails(2, "after"), d -> assertThat(d).isEqualTo("d"));
        assertThat(csv("a\n\"b\" \nd")).satisfiesExactly(a -> {}, fails(2, "after"), d -> {});
        assertThat(csv("a\n \"b\"\nd")).satisfiesExactly(a -> {}, fails(2, "quote"), d -> {});
        assertThat(csv("a\n\"b\nc\n")).satisfiesExactly(a -> {}, fails(2, "to line 4", "not closed"));
        assertThat(csv("a\n\"")).satisfiesExactly(a -> {}, fails(2, "not closed"));
    }

    @Test
    void csvRecord_withAnotherNumberOfCells_fails() {
        assertThat(csv("key,n\na\nb,1\nc,1,2\n,\n\"\",1"))
                .satisfiesExactly(
                        fails(2, "cells"), b -> assertThat(b).isEqualTo("b"), fails(4, "cells"), fails(5), fails(6));
        assertThat(csv("a\nb,c")).satisfiesExactly(a -> {}, fails(2, "comma"));
    }

    @Test
    void tooLongCsvRecord_failsAsAWhole() {
        String note = "x".repeat(60_000) + "\nkeep.txt\n";
        assertThat(csv("key,n\na,1\nb,\"" + note + note + "\"\nc,2"))
                .satisfiesExactly(
                        a -> {}, fails(3, "longer"), c -> assertThat(c).isEqualTo("c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\" \"b\"",
                "{\"key\":\"a\"}{\"key\":\"b\"}",
                "{\"key\":\"a\"} trailing",
                "{\"key\":\"a\"},",
                "{\"key\":\"a\",\"key\":\"b\"}",
                "{\"key\":null}",
                "{\"key\":1}",
                "{\"key\":{\"key\":\"a\"}}",
                "{\"key\":[\"a\"]}",
                "{\"Key\":\"a\"}",
                "{}",
                "[\"a\"]",
                "null",
                "1",
                "a",
                "'a'",
                "\"a",
                "\"a\\u0000\"",
                "\"a\u0000\"",
                "\"\\ud800\"",
                "\"\"",
            })
    void ndjsonLine_withoutASingleKey_fails(String line) {
        assertThat(json("\"first\"\n" + line + "\n\"last\""))
                .satisfiesExactly(
                        first -> {}, fails(2), last -> assertThat(last).isEqualTo("last"));
    }

    @Test
    void ndjsonLine_mayHaveOtherFieldsAndSpaces() {
        assertThat(json(" {\"size\":1, \"key\" : \"a\"}\t\n\t\n\"\\u00e9\"")).containsExactly("a", "\u00e9");
    }

    @ParameterizedTest
    @CsvSource({
        "m/LIST.CSV, application/octet-stream, false",
        "m/list.csv, application/x-ndjson, false",
        "m/list.JSONL, text/plain, true",
        "m/list.ndjson, text/csv, true",
        "m/list, 'text/csv; charset=utf-8; header=present', false",
        "m/list, Text/CSV, false",
        "m/list, application/jsonl, true",
        "m/list, application/x-ndjson; charset=utf-8, true",
        "m/list, application/octet-stream, false",
    })
    void format_isTakenFromTheNameOrTheType(String name, String type, boolean json) {
        List<String> found = lines(name, type, bytes("key\nb"));
        if (json) {
            assertThat(found).satisfiesExactly(fails(1), fails(2));
        } else {
            assertThat(found).containsExactly("b");
        }
    }

    @Test
    void format_isDetected_withoutNameAndType() {
        assertThat(lines("m/list", OCTETS, bytes("\r\n {\"key\":\"a\"}"))).containsExactly("a");
        assertThat(lines("m/list.txt", "text/plain", bytes("\"a\"\n\"b\""))).containsExactly("a", "b");
    }

    private static ThrowingConsumer<String> fails(int line, String... words) {
        return text -> {
            assertThat(text).startsWith("! Line " + line);
            Stream.of(words).forEach(word -> assertThat(text).contains(word));
        };
    }

    private static void assertRefused(byte[] bytes, String word) {
        assertThatThrownBy(() -> lines("m/list.csv", OCTETS, bytes))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(word);
    }

    private static List<String> csv(String text) {
        return lines("m/list.csv", OCTETS, bytes(text));
    }

    private static List<String> json(String text) {
        return lines("m/list.ndjson", OCTETS, bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The keys, and the messages of failed lines after an exclamation mark. */
    private static List<String> lines(String name, String type, byte[] bytes) {
        ObjectInfo info = new ObjectInfo(
                new ObjectKey(name),
                bytes.length,
                new Etag("x"),
                Instant.EPOCH,
                new ObjectAttributes(new ContentType(type), Metadata.NONE));
        List<String> found = new ArrayList<>();
        try {
            ManifestLines lines = ManifestLines.of(new ByteArrayInputStream(bytes), info);
            for (Optional<ManifestLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                line.get().item().map(ManifestLinesTest::text).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String text(NewItem item) {
        return item.failure().map(failure -> "! " + failure.message()).orElse(item.key());
    }
}
