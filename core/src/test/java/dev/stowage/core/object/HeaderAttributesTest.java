package dev.stowage.core.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderAttributesTest {

    private static final HeaderAttribute ENCODING = HeaderAttribute.CONTENT_ENCODING;
    private static final HeaderAttribute CACHE = HeaderAttribute.CACHE_CONTROL;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws-chunked           |''",
                "AWS-Chunked           |''",
                "aws-chunked,gzip      |gzip",
                "gzip, aws-chunked     |gzip",
                "gzip,aws-chunked,br   |'gzip, br'",
                "gzip,br               |gzip,br",
                "identity              |identity",
                "x-aws-chunked-not     |x-aws-chunked-not"
            })
    void contentEncoding_dropsOnlyAwsChunked(String sent, String stored) {
        assertThat(ENCODING.normalize(sent)).isEqualTo(stored);
        assertThat(new HeaderAttributes(Map.of(ENCODING, sent)).get(ENCODING))
                .isEqualTo(Optional.of(stored).filter(value -> !value.isEmpty()));
    }

    @Test
    void blankValue_isAbsent() {
        assertThat(new HeaderAttributes(Map.of(CACHE, " \t "))).isEqualTo(HeaderAttributes.NONE);
        assertThat(new HeaderAttributes(Map.of(CACHE, "")).get(CACHE)).isEmpty();
    }

    @Test
    void value_isTrimmed_andOtherwiseKept() {
        assertThat(CACHE.normalize("\t max-age=60,  private ")).isEqualTo("max-age=60,  private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nX: y", "a\u0000", "a\u007F", "a\u0085b", "a\tb", "\uD800", "a\n"})
    void controlCharacter_isRejected_andNamesTheField(String value) {
        assertThatThrownBy(() -> new HeaderAttributes(Map.of(CACHE, value)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        error -> assertThat(error.detail()).containsEntry("field", "cache_control"));
    }

    @Test
    void valueOverOneKibibyte_isRejected() {
        assertThat(CACHE.normalize("\u00E9".repeat(512))).hasSize(512);
        assertThatThrownBy(() -> CACHE.normalize("\u00E9".repeat(512) + "x")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void lenient_omitsInvalidValues() {
        HeaderAttributes read = HeaderAttributes.lenient(Map.of(
                CACHE, "x".repeat(1025), ENCODING, "aws-chunked,gzip", HeaderAttribute.CONTENT_LANGUAGE, "a\tb"));

        assertThat(read.values()).isEqualTo(Map.of(ENCODING, "gzip"));
    }

    @Test
    void changes_replaceNamedAttributes_andEmptyTextRemoves() {
        ObjectAttributes before = new ObjectAttributes(
                new ContentType("a/b"),
                new Metadata(Map.of("n", "v")),
                new HeaderAttributes(Map.of(CACHE, "no-store", ENCODING, "gzip")));
        AttributeChanges changes =
                new AttributeChanges(Optional.empty(), Optional.empty(), Map.of(ENCODING, "", CACHE, "private"));

        assertThat(changes.applyTo(before))
                .isEqualTo(new ObjectAttributes(
                        before.contentType(), before.metadata(), new HeaderAttributes(Map.of(CACHE, "private"))));
        assertThat(AttributeChanges.NONE.applyTo(before)).isEqualTo(before);
        assertThat(AttributeChanges.to(ObjectAttributes.DEFAULT).applyTo(before))
                .isEqualTo(ObjectAttributes.DEFAULT);
    }
}
