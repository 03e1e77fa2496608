package dev.stowage.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class EncodedAttributesTest {

    private static final ObjectAttributes ATTRIBUTES = new ObjectAttributes(
            new ContentType("text/plain"),
            new Metadata(Map.of("my-name", "\u00E9")),
            new HeaderAttributes(Map.of(HeaderAttribute.CACHE_CONTROL, "no-cache")));

    @Test
    void attributes_areReadAgainFromTheHeadersTheyWrite() {
        EncodedAttributes stored = EncodedAttributes.of(ATTRIBUTES, name -> name.replace('-', '_'));

        Map<String, String> headers = stored.toHeaders("", "x-meta-");

        assertThat(headers).containsKey("x-meta-my_name").containsEntry("Cache-Control", "no-cache");
        assertThat(headers.values()).allMatch(value -> value.chars().allMatch(c -> c < 0x80));
        EncodedAttributes read = EncodedAttributes.ofHeaders(headers, "x-meta-");
        assertThat(read).isEqualTo(stored);
        assertThat(read.decoded(name -> name.replace('_', '-'))).isEqualTo(ATTRIBUTES);
    }

    @Test
    void ofHeaders_ignoresTheCaseOfNames() {
        EncodedAttributes read = EncodedAttributes.ofHeaders(
                Map.of("content-type", "text/csv", "X-META-a", "1", "CACHE-CONTROL", "no-store", "Date", "x"),
                "x-meta-");

        assertThat(read)
                .isEqualTo(new EncodedAttributes(
                        "text/csv", Map.of("a", "1"), Map.of(HeaderAttribute.CACHE_CONTROL, "no-store")));
    }

    @Test
    void with_keepsWhatIsNotChanged_alsoIfItIsNotValid() {
        EncodedAttributes foreign = new EncodedAttributes(
                "no type", Map.of("UPPER case", "x"), Map.of(HeaderAttribute.CONTENT_LANGUAGE, "de"));

        EncodedAttributes changed = foreign.with(
                new AttributeChanges(Optional.empty(), Optional.empty(), Map.of(HeaderAttribute.CONTENT_LANGUAGE, "")),
                UnaryOperator.identity());

        assertThat(changed).isEqualTo(new EncodedAttributes("no type", Map.of("UPPER case", "x"), Map.of()));
        assertThat(foreign.decoded(UnaryOperator.identity()).contentType()).isEqualTo(ContentType.OCTET_STREAM);
    }
}
