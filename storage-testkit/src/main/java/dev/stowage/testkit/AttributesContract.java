package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.OwnExpiry;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content types, metadata and headers, which are stored exactly. */
interface AttributesContract extends StoreFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html; charset=utf-8",
                "Text/HTML;Charset=\"UTF-8\"",
                "application/vnd.stowage.thing+json",
                "multipart/mixed; boundary=\"a b;c,d=e\"",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "x-odd!#$&^_/y.-+z"
            })
    default void put_withContentType_keepsIt(String contentType) throws IOException {
        assertKept(new ObjectAttributes(new ContentType(contentType), Metadata.NONE));
    }

    @Test
    default void put_withLongestContentType_keepsIt() throws IOException {
        assertKept(new ObjectAttributes(new ContentType("text/" + "x".repeat(250)), Metadata.NONE));
    }

    @ParameterizedTest
    @MethodSource("metadataValues")
    default void put_withMetadataValue_keepsIt(String value) throws IOException {
        assertKept(attributes(Map.of("note", value, "other", "plain")));
    }

    /** Returns values that are often changed in headers. */
    default Stream<String> metadataValues() {
        return Stream.of(
                "",
                " ",
                " padded ",
                "two  spaces",
                "a, b; c=d",
                "\"quoted\" \\ back",
                "100% +1 %41",
                "=?UTF-8?Q?looks_encoded?=",
                "=?utf-8?b?YWJj?= =?utf-8?b?YWJj?=",
                "caf\u00E9",
                "\u65E5\u672C\u8A9E",
                "\uD83C\uDF89 party \uD83D\uDC68\u200D\uD83D\uDC69",
                "e\u0301 is not \u00E9",
                "\u00E9 ".repeat(200));
    }

    @Test
    default void put_withMetadataNames_keepsThem() throws IOException {
        assertKept(attributes(Map.of("a", "1", "a-b", "2", "a_b", "3", "a.b", "4", "0", "5", "x-amz-meta-a", "6")));
    }

    @Test
    default void put_withLargestMetadata_keepsIt() throws IOException {
        assertKept(attributes(Map.of("n", "v".repeat(Metadata.MAX_BYTES - 1))));
    }

    @Test
    default void put_with128MetadataEntries_keepsThem() throws IOException {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 128; i++) {
            many.put("name-%03d".formatted(i), "value-%02x".formatted(i));
        }
        assertKept(attributes(many));
    }

    @Test
    default void put_aroundThresholds_keepsAttributes() throws IOException {
        ObjectAttributes attributes = new ObjectAttributes(
                new ContentType("a/b"), new Metadata(Map.of("note", "caf\u00E9")), CopyContract.CUSTOM.headers());
        for (long size : sizes()) {
            ObjectKey key = key("size-" + size);
            store().put(key, Bodies.pattern(size, 1), PutOptions.of(attributes));
            assertThat(store().stat(key).orElseThrow().attributes()).isEqualTo(attributes);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void put_withOneHeader_storesOnlyThat(HeaderAttribute attribute) throws IOException {
        for (String value : List.of("x", "a, b; c=\"d e\"", "100% +1 %41", "caf\u00E9 \u65E5", "v".repeat(1024))) {
            assertKept(headers(Map.of(attribute, value)));
        }
    }

    @Test
    default void put_withAllHeaders_keepsThem() throws IOException {
        assertKept(CopyContract.CUSTOM);
    }

    @Test
    default void put_withExpiry_keepsIt() throws IOException {
        assertKept(CopyContract.EXPIRING);
        Instant time = Instant.parse("2125-01-01T12:00:00.007Z");
        assertKept(ObjectAttributes.DEFAULT.expiring(Optional.of(new OwnExpiry.At(time))));
    }

    private static ObjectAttributes headers(Map<HeaderAttribute, String> values) {
        return new ObjectAttributes(ContentType.OCTET_STREAM, Metadata.NONE, new HeaderAttributes(values));
    }

    private static ObjectAttributes attributes(Map<String, String> metadata) {
        return new ObjectAttributes(ContentType.OCTET_STREAM, new Metadata(metadata));
    }

    private void assertKept(ObjectAttributes attributes) throws IOException {
        ObjectKey key = key("attributes");
        assertThat(store().put(key, Bodies.pattern(3, 1), PutOptions.of(attributes))
                        .info()
                        .attributes())
                .isEqualTo(attributes);
        assertThat(store().stat(key).orElseThrow().attributes()).isEqualTo(attributes);
        ObjectAttributes lent = store().read(key, ReadOptions.ALL, (info, span, body) -> info.attributes());
        assertThat(lent).isEqualTo(attributes);
    }
}
