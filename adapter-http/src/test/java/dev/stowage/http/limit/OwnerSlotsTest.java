package dev.stowage.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import org.junit.jupiter.api.Test;

class OwnerSlotsTest {

    private static final Principal ONE = Principal.of("one", "one", Rights.NONE);
    private static final Principal TWO = Principal.of("two", "two", Rights.NONE);

    private final OwnerSlots places = new OwnerSlots(3, 2);

    @Test
    void principal_getsAPartOfThePlaces_andHasToGiveThemBack() {
        assertThat(places.take(ONE)).isTrue();
        assertThat(places.take(ONE)).isTrue();
        assertThat(places.take(ONE)).isFalse();
        assertThat(places.take(TWO)).isTrue();
        assertThat(places.take(TWO)).isFalse();

        places.leave(ONE);

        assertThat(places.take(TWO)).isTrue();
    }

    @Test
    void callersWithoutCredentials_countAsOne() {
        assertThat(places.take(Principal.ANYONE)).isTrue();
        assertThat(places.take(Principal.ANYONE)).isTrue();
        assertThat(places.take(Principal.ANYONE)).isFalse();
    }
}
