package dev.stowage.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RightsTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final Scope ALL = new Scope.Everything();
    private static final Scope P1 = new Scope.Project("p1");
    private static final Scope P2 = new Scope.Project("p2");

    @Test
    void scope_coversItselfAndItsParts() {
        assertThat(ALL.covers(ALL, LAYOUT)).isTrue();
        assertThat(ALL.covers(P1, LAYOUT)).isTrue();
        assertThat(ALL.covers(under(""), LAYOUT)).isTrue();
        assertThat(P1.covers(P1, LAYOUT)).isTrue();
        assertThat(P1.covers(under("raw/p1/a"), LAYOUT)).isTrue();
        assertThat(P1.covers(new Scope.Only(new ObjectKey("processed/p1/a")), LAYOUT))
                .isTrue();
        assertThat(under("raw/").covers(under("raw/p1/"), LAYOUT)).isTrue();
    }

    @Test
    void scope_coversNothingBesides() {
        for (Scope wider :
                new Scope[] {ALL, P2, under(""), under("raw/"), under("raw/p"), under("raw/p1"), under("raw/p10/")}) {
            assertThat(P1.covers(wider, LAYOUT)).as(wider.toString()).isFalse();
        }
        assertThat(under("raw/p1/").covers(P1, LAYOUT)).isFalse();
        assertThat(under("raw/p1/").covers(under("raw/p1"), LAYOUT)).isFalse();
        assertThat(under("").covers(ALL, LAYOUT)).isFalse();
        assertThat(new Scope.Only(new ObjectKey("raw/p1/a")).covers(under("raw/p1/a"), LAYOUT))
                .isFalse();
    }

    @Test
    void rights_coverOnlyTheirActionsOnTheirScopes() {
        Rights own = new Rights(Set.of(P1, under("raw/p2/")), Set.of(Action.READ, Action.ADMIN));

        assertThat(own.covers(own, LAYOUT)).isTrue();
        assertThat(own.covers(new Rights(Set.of(P1), Set.of(Action.READ)), LAYOUT))
                .isTrue();
        assertThat(own.covers(new Rights(Set.of(P1), Set.of(Action.WRITE)), LAYOUT))
                .isFalse();
        assertThat(own.covers(new Rights(Set.of(P1, P2), Set.of(Action.READ)), LAYOUT))
                .isFalse();
        assertThat(own.covers(Rights.ALL, LAYOUT)).isFalse();
        assertThat(Rights.ALL.covers(own, LAYOUT)).isTrue();
    }

    private static Scope under(String prefix) {
        return new Scope.Under(new KeyPrefix(prefix));
    }
}
