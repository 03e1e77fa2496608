package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.config.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The contents of the cache of verified tokens, and when they expire. */
final class VerifiedTokensTest {

    private static final KeySet KEYS = KeySet.parse(Keys.set(Keys.RSA));
    private static final Instant END = Tokens.NOW.plusSeconds(60);
    private static final Principal ALICE = Principal.of("jwt:alice", "alice", Rights.NONE);

    private final VerifiedTokens verified = new VerifiedTokens();

    @Test
    void find_ofATokenThatWasAdded_hasItUntilItEnds() {
        verified.add("a.b.c", ALICE, KEYS, END);

        assertThat(verified.find("a.b.c", KEYS, END.minusNanos(1))).contains(ALICE);
        assertThat(verified.find("a.b.d", KEYS, END.minusNanos(1))).isEmpty();
        assertThat(verified.find("a.b.c", KEYS, END)).isEmpty();
        assertThat(verified.size()).isZero();
    }

    @Test
    void find_withOtherKeys_hasNothing() {
        verified.add("a.b.c", ALICE, KEYS, END);

        assertThat(verified.find("a.b.c", KeySet.parse(Keys.set(Keys.RSA)), Tokens.NOW))
                .isEmpty();
    }

    @Test
    void add_ofMoreThanThereIsRoomFor_forgetsTheOneNotUsedForLongest() {
        for (int i = 0; i < VerifiedTokens.MAX_TOKENS_CACHED; i++) {
            verified.add("token" + i, ALICE, KEYS, END);
        }
        assertThat(verified.find("token0", KEYS, Tokens.NOW)).isPresent();

        verified.add("one more", ALICE, KEYS, END);

        assertThat(verified.size()).isEqualTo(VerifiedTokens.MAX_TOKENS_CACHED);
        assertThat(verified.find("token0", KEYS, Tokens.NOW)).isPresent();
        assertThat(verified.find("token1", KEYS, Tokens.NOW)).isEmpty();
    }

    @Test
    void add_ofALongToken_doesNotRememberIt() {
        verified.add("x".repeat(VerifiedTokens.LONGEST), ALICE, KEYS, END);
        verified.add("y".repeat(VerifiedTokens.LONGEST + 1), ALICE, KEYS, END);

        assertThat(verified.size()).isEqualTo(1);
    }

    @Test
    void aRememberedToken_endsAsAnyOther() {
        Fixture fixture = new Fixture(Keys.set(Keys.RSA));
        Secret token = Tokens.of(Keys.RSA);
        assertThat(fixture.admits(token)).isTrue();

        fixture.clock.advance(Duration.ofHours(1).plus(Fixture.SKEW).minusMillis(1));
        assertThat(fixture.admits(token)).isTrue();

        fixture.clock.advance(Duration.ofMillis(1));
        assertThat(fixture.admits(token)).isFalse();
    }
}
