package dev.stowage.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Origin;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.event.WebhookDelivery.State;
import dev.stowage.core.eventlog.EventFeed;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.EventLog.Publication;
import dev.stowage.core.port.service.EventSink;
import dev.stowage.testkit.AcceptingSender;
import dev.stowage.testkit.InMemoryEvents;
import dev.stowage.testkit.InMemoryExpiry;
import dev.stowage.testkit.InMemoryWebhooks;
import dev.stowage.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Webhooks from their creation to the end of their deliveries. */
final class WebhooksTest {

    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");
    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final Set<EventType> DELETED = Set.of(EventType.FILE_DELETED);
    private static final String URL = "https://example.com/";
    private static final Optional<KeyPrefix> ALL = Optional.empty();

    private final TestClock clock = new TestClock(NOW);
    private final InMemoryEvents log = new InMemoryEvents();
    private final InMemoryWebhooks records = new InMemoryWebhooks();
    private final AcceptingSender sender = new AcceptingSender(clock);
    private final EventPublisher publisher = new EventPublisher(log, Optional.empty(), new InMemoryExpiry());
    private final AccessPolicy access = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private final Webhooks webhooks = new Webhooks(records, sender, publisher, access, 20, clock);
    private final Map<String, Principal> principals = new HashMap<>();
    private final WebhookDeliveries deliveries = new WebhookDeliveries(
            records, sender, id -> Optional.ofNullable(principals.get(id)), access, clock, new Random(1));
    private final EventFeed feed = new EventFeed(publisher, deliveries.sink());
    private final Principal alice = principal("alice", "p1", Action.READ, Action.WEBHOOKS);

    private Principal principal(String name, String project, Action... actions) {
        Principal made = Principal.of(name, name, new Rights(Set.of(new Scope.Project(project)), Set.of(actions)));
        principals.put(name, made);
        return made;
    }

    private void delete(String... keys) {
        List<Event> events = new ArrayList<>();
        for (String key : keys) {
            events.add(Event.deleted(new ObjectKey(key), clock.instant(), Origin.UNKNOWN));
        }
        assertThat(log.publish(new Publication(events, List.of(), Optional.empty())))
                .isTrue();
    }

    /** Passes events to webhooks, and makes all attempts that are due. */
    private void work() {
        if (feed.isDue()) {
            feed.feed();
        }
        Page<Webhook, Long> due = deliveries.due(0);
        while (!due.items().isEmpty()) {
            for (Webhook webhook : due.items()) {
                deliveries.claim(webhook, 10).forEach(claimed -> deliveries.attempt(webhook, claimed, () -> true));
            }
            due = deliveries.due(0);
        }
    }

    private List<String> sent() {
        return sender.sent().stream()
                .map(event -> event.event().key().map(ObjectKey::value).orElse(""))
                .toList();
    }

    private List<WebhookDelivery> all(Webhook webhook) {
        return webhooks.deliveries(alice, webhook.id(), Optional.empty(), 100, Optional.empty())
                .items();
    }

    @Test
    void webhook_getsEventsAfterItsCreation() {
        delete("raw/p1/before");
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        delete("raw/p1/a", "raw/p1/b");

        work();

        assertThat(sent()).containsExactly("raw/p1/a", "raw/p1/b");
        assertThat(all(webhook)).extracting(WebhookDelivery::state).containsOnly(State.DELIVERED);
        assertThat(webhook.secret().value()).matches("whsec_[A-Za-z0-9+/]{43}=");
    }

    @Test
    void webhook_getsOnlyEventsThatMatch_andThatItsCreatorMayRead() {
        webhooks.create(alice, URL, DELETED, Optional.of(new KeyPrefix("raw/p1/x")));
        webhooks.create(alice, URL, Set.of(EventType.FILE_CREATED), ALL);
        delete("raw/p2/x", "raw/p1/y", "raw/p1/x1", "processed/p2/x");

        work();

        assertThat(sent()).containsExactly("raw/p1/x1");
    }

    @Test
    void webhookOfARevokedKey_stops_alsoForPendingEvents() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        delete("raw/p1/a");
        feed.feed();
        principals.clear();
        delete("raw/p1/b");

        work();

        assertThat(sent()).isEmpty();
        assertThat(all(webhook)).extracting(WebhookDelivery::state).containsExactly(State.DEAD);
    }

    @Test
    void failedDelivery_isRepeatedWithGrowingDelays_andDeadAfterThreeDays() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        delete("raw/p1/a");
        sender.answer(503);

        Instant end = NOW.plus(Duration.ofDays(4));
        int attempts = 0;
        while (clock.instant().isBefore(end)) {
            work();
            attempts = sender.sent().size();
            clock.advance(Duration.ofMinutes(1));
        }

        WebhookDelivery dead = all(webhook).get(0);
        assertThat(dead.state()).isEqualTo(State.DEAD);
        assertThat(attempts).isBetween(15, 30).isEqualTo(dead.attempts());
        Instant last = dead.last().orElseThrow().at();
        assertThat(Duration.between(NOW, last)).isBetween(Duration.ofHours(64), Duration.ofDays(3));
        assertThat(webhooks.get(alice, webhook.id()).health().failingSince()).contains(NOW);
    }

    @Test
    void laterEventOfAFile_waitsForTheEarlierOne_othersDoNot() {
        webhooks.create(alice, URL, DELETED, ALL);
        sender.answer(500);
        delete("raw/p1/a");
        work();
        sender.answer(200);
        delete("raw/p1/a", "raw/p1/b");

        work();
        assertThat(sent()).containsExactly("raw/p1/a", "raw/p1/b");

        clock.advance(Duration.ofSeconds(10));
        work();
        assertThat(sender.sent()).extracting(LoggedEvent::id).containsExactly(1L, 3L, 1L, 2L);
    }

    @Test
    void deadDelivery_canBeRedelivered() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        delete("raw/p1/a");
        feed.feed();
        principals.remove("alice");
        work();
        principals.put("alice", alice);

        WebhookDelivery again = webhooks.redeliver(alice, webhook.id(), 1);
        assertThat(again.state()).isEqualTo(State.PENDING);
        work();

        assertThat(sent()).containsExactly("raw/p1/a");
        assertThatThrownBy(() -> webhooks.redeliver(alice, webhook.id(), 2)).isInstanceOf(NotFound.class);
    }

    @Test
    void webhookThatFailsForAWeek_isDisabled_withAnEvent() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        sender.answer(500);
        delete("raw/p1/a");
        work();
        clock.advance(WebhookDeliveries.DISABLED_AFTER.minusSeconds(1));
        delete("raw/p1/b");
        work();
        assertThat(webhooks.get(alice, webhook.id()).health().enabled()).isTrue();

        clock.advance(Duration.ofMinutes(1));
        work();

        Webhook.Health health = webhooks.get(alice, webhook.id()).health();
        assertThat(health.enabled()).isFalse();
        assertThat(health.reason()).contains(Webhook.Reason.FAILING);
        assertThat(records.recorded()).singleElement().extracting(Event::type).isEqualTo(EventType.WEBHOOK_DISABLED);
    }

    @Test
    void success_endsTheTimeOfFailures() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        sender.answer(500);
        delete("raw/p1/a");
        work();
        sender.answer(200);
        clock.advance(Duration.ofSeconds(10));
        work();

        assertThat(webhooks.get(alice, webhook.id()).health().failingSince()).isEmpty();
    }

    @Test
    void receiverThatIsGone_disablesTheWebhook() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        sender.answer(410);
        delete("raw/p1/a", "raw/p1/b");

        work();

        assertThat(webhooks.get(alice, webhook.id()).health().reason()).contains(Webhook.Reason.GONE);
        assertThat(records.recorded()).hasSize(1);
    }

    @Test
    void disabledWebhook_getsEventsAgainFromThenOn() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        webhooks.change(alice, webhook.id(), enabled(false));
        delete("raw/p1/a");
        work();
        webhooks.change(alice, webhook.id(), enabled(true));
        delete("raw/p1/b");
        work();

        assertThat(sent()).containsExactly("raw/p1/b");
    }

    private static Webhooks.Change enabled(boolean enabled) {
        return new Webhooks.Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(enabled));
    }

    @Test
    void change_setsOnlyWhatIsNamed() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, Optional.of(new KeyPrefix("raw/p1/")));

        Webhook changed = webhooks.change(
                alice,
                webhook.id(),
                new Webhooks.Change(
                        Optional.of("https://example.org/"),
                        Optional.empty(),
                        Optional.of(new KeyPrefix("")),
                        Optional.empty()));

        assertThat(changed.url()).isEqualTo("https://example.org/");
        assertThat(changed.types()).isEqualTo(DELETED);
        assertThat(changed.prefix()).isEmpty();
        assertThat(changed.secret()).isEqualTo(webhook.secret());
        assertThatThrownBy(() -> webhooks.change(
                        alice,
                        webhook.id(),
                        new Webhooks.Change(
                                Optional.of("http://example.org/"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void others_neitherSeeNorChangeIt() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        Principal bob = principal("bob", "p1", Action.READ, Action.WEBHOOKS);
        Principal carol = principal("carol", "p1", Action.READ);

        assertThat(webhooks.list(bob, 10, Optional.empty()).items()).isEmpty();
        assertThatThrownBy(() -> webhooks.get(bob, webhook.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> webhooks.delete(bob, webhook.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> webhooks.test(bob, webhook.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> webhooks.create(carol, URL, DELETED, ALL)).isInstanceOf(AccessDenied.class);
    }

    @Test
    void test_sendsOnce_alsoWhenDisabled() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        webhooks.change(alice, webhook.id(), enabled(false));
        sender.answer(404);

        WebhookDelivery.Result result = webhooks.test(alice, webhook.id());

        assertThat(result.status()).hasValue(404);
        assertThat(sender.sent())
                .singleElement()
                .extracting(event -> event.event().type())
                .isEqualTo(EventType.WEBHOOK_TEST);
        assertThat(all(webhook)).isEmpty();
    }

    @Test
    void attemptBehindAClosedFence_isLeftToTheNextClaim() {
        Webhook webhook = webhooks.create(alice, URL, DELETED, ALL);
        delete("raw/p1/a");
        feed.feed();
        WebhookDelivery claimed = deliveries.claim(webhook, 10).get(0);

        assertThat(deliveries.attempt(webhook, claimed, () -> false)).isFalse();
        work();
        assertThat(sent()).isEmpty();

        clock.advance(WebhookDeliveries.CLAIM);
        work();
        assertThat(sent()).containsExactly("raw/p1/a");
    }

    @Test
    void feed_withoutWebhooks_takesNothing() {
        delete("raw/p1/a");

        assertThat(feed.isDue()).isFalse();
        assertThat(log.taken("webhooks")).isZero();
    }

    /** A sink such as a team would write for a message broker. */
    private static final class Broker implements EventSink {
        private final List<Long> messages = new ArrayList<>();
        private boolean away;

        @Override
        public String id() {
            return "broker";
        }

        @Override
        public OptionalLong after() {
            return OptionalLong.of(0);
        }

        @Override
        public void take(List<LoggedEvent> events) {
            for (LoggedEvent event : events) {
                if (away && messages.size() == 2) {
                    throw new IllegalStateException("The broker is away");
                }
                messages.add(event.id());
            }
        }
    }

    @Test
    void anotherSink_getsAllEventsInOrder_andAgainAfterAFailure() {
        Broker broker = new Broker();
        EventFeed toBroker = new EventFeed(publisher, broker);
        delete("raw/p1/a", "raw/p1/b", "raw/p2/c");
        broker.away = true;

        assertThatThrownBy(toBroker::feed).isInstanceOf(IllegalStateException.class);
        broker.away = false;
        assertThat(toBroker.isDue()).isTrue();
        toBroker.feed();

        assertThat(broker.messages).containsExactly(1L, 2L, 1L, 2L, 3L);
        assertThat(toBroker.isDue()).isFalse();
    }
}
