package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.jwt.SigningKeys.Timing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Key rotation, and an issuer that is not available. */
final class KeyRotationTest {

    private static final String OLD_SET = Keys.set(Keys.RSA);
    private static final String NEW_SET = Keys.set(Keys.OTHER_RSA);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Secret OLD = Tokens.of(Keys.RSA);
    private static final Secret NEW = Tokens.of(Keys.OTHER_RSA);

    private final Fixture fixture = new Fixture(OLD_SET);

    @Test
    void keys_areReadOnceForManyTokens() {
        assertThat(fixture.admits(OLD)).isTrue();
        assertThat(fixture.admits(OLD)).isTrue();

        assertThat(fixture.source.reads()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsNotKnown_isLookedForAtOnce_andTheOldOneIsOut() {
        assertThat(fixture.admits(OLD)).isTrue();
        fixture.source.publish(NEW_SET);
        fixture.clock.advance(Duration.ofSeconds(10));

        assertThat(fixture.admits(NEW)).isTrue();
        assertThat(fixture.admits(OLD)).isFalse();
        assertThat(fixture.source.reads()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNotKnown_isLookedForEveryTenSecondsAtTheMost() {
        assertThat(fixture.admits(OLD)).isTrue();
        fixture.source.publish(NEW_SET);

        fixture.clock.advance(Duration.ofMillis(9_999));
        assertThat(fixture.admits(NEW)).isFalse();
        assertThat(fixture.source.reads()).isEqualTo(1);

        fixture.clock.advance(Duration.ofMillis(1));
        assertThat(fixture.admits(NEW)).isTrue();
    }

    @Test
    void keysThatNeverWere_costTheIssuerOneReadInTenSeconds() {
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 50; i++) {
                assertThat(fixture.admits(Tokens.ofUnknownKey())).isFalse();
            }
            fixture.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(fixture.source.reads()).isEqualTo(2);
    }

    @Test
    void keys_areReadAgainAfterFiveMinutes_soThatARemovedOneIsOut() {
        assertThat(fixture.admits(OLD)).isTrue();
        fixture.source.publish(NEW_SET);

        fixture.clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(fixture.admits(OLD)).isTrue();

        fixture.clock.advance(Duration.ofMillis(1));
        assertThat(fixture.admits(OLD)).isFalse();
    }

    @Test
    void whileKeysAreRead_thePreviousOnesAreUsed_withoutWaiting() {
        assertThat(fixture.admits(OLD)).isTrue();
        CompletableFuture<String> slow = fixture.source.hang();
        fixture.clock.advance(Duration.ofMinutes(5));

        assertThat(fixture.admits(OLD)).isTrue();
        assertThat(fixture.admits(NEW)).isFalse();
        fixture.clock.advance(Duration.ofMinutes(5));
        assertThat(fixture.admits(OLD)).isTrue();
        assertThat(fixture.source.reads()).isEqualTo(2);

        slow.complete(NEW_SET);
        assertThat(fixture.admits(NEW)).isTrue();
    }

    @Test
    void whenTheIssuerIsAway_theLastKeysAreUsedOn_andItIsAskedEveryTenSeconds() {
        assertThat(fixture.admits(OLD)).isTrue();
        fixture.source.fail();
        fixture.clock.advance(Duration.ofMinutes(5));
        for (int second = 0; second < 30; second++) {
            assertThat(fixture.admits(OLD)).isTrue();
            fixture.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(fixture.source.reads()).isEqualTo(4);

        fixture.source.publish(NEW_SET);
        assertThat(fixture.admits(OLD)).isFalse();
        assertThat(fixture.admits(NEW)).isTrue();
    }

    @Test
    void aDocumentThatIsNotAKeySet_keepsThePreviousKeys() {
        assertThat(fixture.admits(OLD)).isTrue();
        fixture.source.publish("<html>Please log in</html>");
        fixture.clock.advance(Duration.ofMinutes(5));

        assertThat(fixture.admits(OLD)).isTrue();
        assertThat(fixture.source.reads()).isEqualTo(2);
    }

    @Test
    void anEmptyKeySet_takesEveryKeyAway() {
        assertThat(fixture.admits(OLD)).isTrue();
        fixture.source.publish("{\"keys\":[]}");
        fixture.clock.advance(Duration.ofMinutes(5));

        assertThat(fixture.admits(OLD)).isFalse();
    }

    @Test
    void asLongAsThereWereNoKeys_nobodyCanTell_andTheNextTriesAfterTenSeconds() {
        fixture.source.fail();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> fixture.admits(OLD)).isInstanceOf(StorageUnavailable.class);
        }
        assertThat(fixture.source.reads()).isEqualTo(1);

        fixture.source.publish(OLD_SET);
        assertThatThrownBy(() -> fixture.admits(OLD)).isInstanceOf(StorageUnavailable.class);
        fixture.clock.advance(Duration.ofSeconds(10));
        assertThat(fixture.admits(OLD)).isTrue();
    }

    @Test
    void theFirstKeys_areWaitedForAWhile() {
        Fixture patient = new Fixture(OLD_SET, new Timing(Duration.ofMinutes(5), Duration.ofSeconds(10), LONG));
        Executor later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
        patient.source.hang().completeAsync(() -> OLD_SET, later);

        assertThat(patient.admits(OLD)).isTrue();
        assertThat(patient.source.reads()).isEqualTo(1);
    }

    @Test
    void theFirstKeys_areUsedWhenTheyArriveAfterTheWaitEnded() {
        CompletableFuture<String> slow = fixture.source.hang();
        assertThatThrownBy(() -> fixture.admits(OLD)).isInstanceOf(StorageUnavailable.class);

        slow.complete(OLD_SET);

        assertThat(fixture.admits(OLD)).isTrue();
        assertThat(fixture.source.reads()).isEqualTo(1);
    }

    @Test
    void anInterruption_endsTheWait_andStaysNoted() {
        assertThat(fixture.source.hang()).isNotDone();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> fixture.admits(OLD)).isInstanceOf(StorageUnavailable.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aClockThatIsSetBack_doesNotKeepOldKeysValid() {
        assertThat(fixture.admits(OLD)).isTrue();
        fixture.source.publish(NEW_SET);
        fixture.clock.advance(Duration.ofDays(-1));

        assertThat(fixture.admits(OLD)).isFalse();
    }
}
