package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings: order, folders, pages. */
class ListingIT extends ServiceSuite {

    private static final List<String> NAMES =
            List.of("a.txt", "b/1.txt", "b/2.txt", "b/c/3.txt", "b.txt", "z.txt", "Ω.txt");

    @BeforeEach
    void store() {
        NAMES.forEach(name -> api.store(key(name), bytes(3)));
    }

    @Test
    void keys_areInUtf8ByteOrder() {
        assertThat(files(page("")))
                .containsExactly("a.txt", "b.txt", "b/1.txt", "b/2.txt", "b/c/3.txt", "z.txt", "Ω.txt");
    }

    @Test
    void delimiter_groupsDeeperKeys() {
        JsonNode page = page("&delimiter=/");

        assertThat(files(page)).containsExactly("a.txt", "b.txt", "z.txt", "Ω.txt");
        assertThat(texts(page.path("common_prefixes"))).containsExactly(key("b/"));
        assertThat(page.path("is_truncated").asBoolean()).isFalse();
        assertThat(page.path("next_continuation_token").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void pages_ofAnySize_returnEachKeyOnce(int size) {
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = page("&max_keys=" + size + token);
            assertThat(page.path("files").size()).isLessThanOrEqualTo(size);
            seen.addAll(files(page));
            token = page.path("is_truncated").asBoolean()
                    ? "&continuation_token="
                            + Api.query(page.path("next_continuation_token").asText())
                    : "";
        } while (!token.isEmpty());

        assertThat(seen).containsExactly("a.txt", "b.txt", "b/1.txt", "b/2.txt", "b/c/3.txt", "z.txt", "Ω.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "many", "-1"})
    void maxKeys_outOfBounds_isRefused(String maxKeys) {
        assertThat(api.get(Paths.LIST + "?max_keys=" + maxKeys).error()).isEqualTo("InvalidRequest");
    }

    private JsonNode page(String more) {
        return api.get(Paths.LIST + "?prefix=" + Api.query(key("")) + more).json();
    }

    private List<String> files(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("files").forEach(file -> names.add(file.path("key").asText().substring(key("").length())));
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
