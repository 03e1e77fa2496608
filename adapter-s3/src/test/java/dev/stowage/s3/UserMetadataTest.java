package dev.stowage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Metadata;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserMetadataTest {

    @Test
    void decode_ofForeignNames_lowercasesThem_andDropsInvalidOnes() {
        assertThat(UserMetadata.decode(Map.of("Author", "Ada", "bad name", "x", "s3cmd-attrs", "y", "", "z"))
                        .values())
                .containsOnly(Map.entry("author", "Ada"), Map.entry("s3cmd-attrs", "y"));
    }

    @Test
    void decode_ofControlCharacters_dropsOnlyTheEntry() {
        assertThat(UserMetadata.decode(Map.of("a", "=?UTF-8?Q?=07?=", "b", "fine"))
                        .values())
                .containsOnly(Map.entry("b", "fine"));
    }

    @Test
    void decode_overTheLimit_keepsWhatFits() {
        Map<String, String> stored = Map.of("a", "x".repeat(1500), "b", "x".repeat(1500), "c", "small");

        assertThat(UserMetadata.decode(stored).values()).containsOnlyKeys("a", "c");
    }

    @Test
    void decode_ofNamesThatDifferInCase_keepsOne() {
        assertThat(UserMetadata.decode(Map.of("Name", "1", "name", "1")).values())
                .containsOnlyKeys("name");
    }

    @Test
    void decode_hidesTheMarkOfAConditionalWrite() {
        Map<String, String> stored = WriteId.random().mark(Map.of("a", "1"));

        assertThat(stored).hasSize(2);
        assertThat(UserMetadata.decode(stored).values()).containsOnlyKeys("a");
    }

    @Test
    void mark_withoutRoom_isOmitted() {
        WriteId id = WriteId.random();
        Map<String, String> full = Map.of("n", "v".repeat(Metadata.MAX_BYTES - 1));

        assertThat(id.mark(full)).isEqualTo(full);
        assertThat(id.marks(full)).isFalse();
    }

    /** The HTTP client reads no response with more than 100 headers, so an object with more entries could never be read. */
    @Test
    void encode_ofMoreEntriesThanCanBeRead_isRefused() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= UserMetadata.MAX_ENTRIES; i++) {
            many.put("n" + i, "v");
        }

        assertThatThrownBy(() -> UserMetadata.encode(new Metadata(many)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("64");
    }
}
