package dev.stowage.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.testkit.AcceptingSender;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import dev.stowage.testkit.InMemoryWebhooks;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** New secrets of webhooks. */
class WebhookRotationTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final TestClock clock = new TestClock();
    private final Webhooks webhooks = new Webhooks(
            new InMemoryWebhooks(),
            new AcceptingSender(clock),
            new EventPublisher(new InMemoryEvents(), Optional.empty(), new InMemoryExpiry()),
            new AccessPolicy(KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE), AuditLog.NONE),
            20,
            clock);
    private final Principal alice = Principal.of("key:alice", "alice", Rights.ALL);
    private final Webhook first =
            webhooks.create(alice, "https://example.com/", Set.of(EventType.FILE_DELETED), Optional.empty());

    @Test
    void rotate_signsWithBothSecrets_untilTheOverlapEnds() {
        Webhook rotated = webhooks.rotate(alice, first.id(), DAY);

        assertThat(rotated.secret()).isNotEqualTo(first.secret());
        assertThat(rotated.secrets(clock.instant())).containsExactly(rotated.secret(), first.secret());
        clock.advance(DAY);
        assertThat(rotated.secrets(clock.instant())).containsExactly(rotated.secret());
        assertThat(webhooks.get(alice, first.id())).isEqualTo(rotated);
    }

    @Test
    void rotate_again_endsTheSecretBefore() {
        Webhook second = webhooks.rotate(alice, first.id(), DAY);
        Webhook third = webhooks.rotate(alice, first.id(), DAY);

        assertThat(third.secrets(clock.instant())).containsExactly(third.secret(), second.secret());
    }

    @Test
    void rotate_withoutOverlap_endsTheSecretAtOnce() {
        Webhook rotated = webhooks.rotate(alice, first.id(), Duration.ZERO);

        assertThat(rotated.secrets(clock.instant())).containsExactly(rotated.secret());
    }

    @Test
    void change_duringTheOverlap_keepsBothSecrets() {
        Webhook rotated = webhooks.rotate(alice, first.id(), DAY);

        Webhook disabled = webhooks.change(
                alice,
                first.id(),
                new Webhooks.Change(
                        Optional.of("https://example.org/"), Optional.empty(), Optional.empty(), Optional.of(false)));

        assertThat(disabled.secrets(clock.instant())).isEqualTo(rotated.secrets(clock.instant()));
    }

    @Test
    void rotate_byOthers_orWithAnInvalidOverlap_isRefused() {
        Principal mallory = Principal.of("key:mallory", "mallory", Rights.ALL);

        assertThatThrownBy(() -> webhooks.rotate(mallory, first.id(), DAY)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> webhooks.rotate(alice, first.id(), Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> webhooks.rotate(alice, first.id(), Webhooks.MAX_OVERLAP.plusSeconds(1)))
                .isInstanceOf(InvalidInput.class);
    }
}
