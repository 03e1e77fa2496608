package dev.stowage.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PageTest {

    private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);

    private final List<Integer> read = new ArrayList<>();

    @Test
    void first_hasAPositionOnlyIfItemsAreLeft() {
        assertThat(Page.first(ALL, 2, n -> "after " + n)).isEqualTo(new Page<>(List.of(1, 2), Optional.of("after 2")));
        assertThat(Page.first(ALL, 5, n -> "after " + n)).isEqualTo(new Page<>(ALL, Optional.empty()));
        assertThat(Page.first(List.of(), 5, n -> n)).isEqualTo(new Page<>(List.of(), Optional.empty()));
    }

    @Test
    void all_returnsTheItemsOfAllPages() {
        assertThat(Page.all(this::pageAfter)).containsExactlyElementsOf(ALL);
        assertThat(read).containsExactly(0, 2, 4);
    }

    @Test
    void all_readsAPageWhenItIsNeeded() {
        assertThat(Page.all(this::pageAfter).limit(2)).containsExactly(1, 2);
        assertThat(read).containsExactly(0);
    }

    private Page<Integer, Integer> pageAfter(Optional<Integer> position) {
        int after = position.orElse(0);
        read.add(after);
        return Page.first(ALL.subList(after, ALL.size()), 2, n -> n);
    }
}
