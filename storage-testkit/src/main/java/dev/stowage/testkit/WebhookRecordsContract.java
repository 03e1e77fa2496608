package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Origin;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.event.WebhookDelivery.Result;
import dev.stowage.core.event.WebhookDelivery.State;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.EventLog;
import dev.stowage.core.port.records.WebhookRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link WebhookRecords}. */
public abstract class WebhookRecordsContract {

    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(60);
    private static final Optional<String> NOBODY = Optional.empty();
    private static final Result DONE = new Result(NOW.plusSeconds(1), OptionalInt.of(204), Optional.empty());
    private static final Result FAILED =
            new Result(NOW.plusSeconds(1), OptionalInt.empty(), Optional.of("The connection failed"));

    private WebhookRecords records = new InMemoryWebhooks();

    /** Opens an empty record. */
    protected abstract WebhookRecords open();

    /** Returns the log of events of the record that was opened last. */
    protected abstract EventLog events();

    /** Closes the record and opens it again. */
    protected abstract WebhookRecords reopen();

    @BeforeEach
    final void openRecord() {
        records = open();
    }

    @Test
    void add_storesAllFields() {
        Webhook.Health health = new Webhook.Health(false, 7, Optional.of(NOW), Optional.of(Webhook.Reason.FAILING));
        Webhook all = new Webhook(
                "a",
                Optional.of("key:k"),
                "https://example.com/x?y",
                Set.of(EventType.FILE_CREATED, EventType.JOB_FINISHED),
                Optional.of(new KeyPrefix("raw/p/")),
                new Secret("whsec_AAAA"),
                Optional.of(new Webhook.FormerSecret(new Secret("whsec_BBBB"), NOW)),
                NOW,
                health,
                3);

        records.add(all, 10);
        records.add(webhook("b"), 10);

        assertThat(reopen().find("a")).contains(all);
        assertThat(records.find("b")).contains(webhook("b"));
        assertThat(records.find("c")).isEmpty();
    }

    @Test
    void add_beyondTheLimitOfTheOwner_isRefused() {
        records.add(webhook("a"), 2);
        records.add(webhook("b"), 2);

        assertThatThrownBy(() -> records.add(webhook("c"), 2)).isInstanceOf(TooManyOpen.class);
        records.add(owned("d", "key:k"), 2);
        records.remove("a");
        records.add(webhook("c"), 2);
    }

    @Test
    void list_returnsPagesOfTheOwner() {
        Stream.of("a", "b", "c").forEach(id -> records.add(webhook(id), 10));
        records.add(owned("d", "key:k"), 10);

        Page<Webhook, Long> first = records.list(NOBODY, 2, 0);
        Page<Webhook, Long> second = records.list(NOBODY, 2, first.next().orElseThrow());

        assertThat(first.items()).extracting(Webhook::id).containsExactly("a", "b");
        assertThat(second.items()).extracting(Webhook::id).containsExactly("c");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void change_ofTheSecret_isStored() {
        Webhook before = webhook("a");
        Webhook rotated = before.rotated(new Secret("whsec_CCCC"), Optional.of(NOW.plusSeconds(60)));
        records.add(before, 10);

        assertThat(records.change(before, rotated, Optional.empty())).isTrue();

        assertThat(reopen().find("a")).contains(rotated);
    }

    @Test
    void change_fromAnOldVersion_doesNothing() {
        Webhook before = webhook("a");
        records.add(before, 10);
        Webhook changed = before.with("https://example.org/", Set.of(EventType.FILE_DELETED), Optional.empty());
        Event event = Event.disabled(before, Webhook.Reason.GONE, NOW);

        assertThat(records.change(before, changed, Optional.empty())).isTrue();
        assertThat(records.change(before, before.with(before.health().disabled(Optional.empty())), Optional.of(event)))
                .isFalse();

        assertThat(records.find("a")).contains(changed);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void change_recordsItsEvent() {
        Webhook before = webhook("a");
        records.add(before, 10);
        Event event = Event.disabled(before, Webhook.Reason.GONE, NOW);

        assertThat(records.change(
                        before,
                        before.with(before.health().disabled(Optional.of(Webhook.Reason.GONE))),
                        Optional.of(event)))
                .isTrue();

        assertThat(recorded()).containsExactly(event);
    }

    /** Returns the events that wait to be published. */
    protected List<Event> recorded() {
        return events().waiting(10).stream().map(waiting -> waiting.event()).toList();
    }

    @Test
    void after_isTheLowestOfEnabledWebhooks() {
        assertThat(records.after()).isEmpty();
        Webhook low = webhook("a").with(Webhook.Health.enabledAfter(5));
        records.add(low, 10);
        records.add(webhook("b").with(Webhook.Health.enabledAfter(9)), 10);
        assertThat(records.after()).hasValue(5);

        records.change(low, low.with(low.health().disabled(Optional.empty())), Optional.empty());

        assertThat(records.after()).hasValue(9);
        assertThat(records.enabled(10, 0).items()).extracting(Webhook::id).containsExactly("b");
    }

    @Test
    void claim_takesWhatIsDue_once() {
        Webhook webhook = added("a");
        publish("x", "y");
        records.deliver(webhook, events().after(0, 10), NOW);
        assertThat(records.due(NOW, 10, 0).items()).containsExactly(webhook);

        List<WebhookDelivery> claimed = records.claim(webhook, NOW, UNTIL, 10);

        assertThat(claimed).extracting(WebhookDelivery::attempts).containsExactly(1, 1);
        assertThat(claimed.get(0).event()).isEqualTo(events().after(0, 1).get(0));
        assertThat(claimed.get(0).firstAt()).contains(NOW);
        assertThat(reopen().claim(webhook, NOW, UNTIL, 10)).isEmpty();
        assertThat(records.due(NOW, 10, 0).items()).isEmpty();
        assertThat(records.claim(webhook, UNTIL, UNTIL.plusSeconds(60), 10)).hasSize(2);
    }

    @Test
    void claim_takesNoMoreThanAskedFor() {
        Webhook webhook = added("a");
        publish("x", "y", "z");
        records.deliver(webhook, events().after(0, 10), NOW);

        assertThat(numbers(records.claim(webhook, NOW, UNTIL, 2))).containsExactly(1L, 2L);
    }

    @Test
    void claim_takesOfEachFileTheEarliestEventOnly() {
        Webhook webhook = added("a");
        publish("x", "x", "y", "x");
        records.deliver(webhook, events().after(0, 2), NOW);
        records.deliver(webhook, events().after(2, 2), NOW);

        List<WebhookDelivery> first = records.claim(webhook, NOW, UNTIL, 10);
        assertThat(numbers(first)).containsExactly(1L, 3L);
        records.end(webhook, first.get(0), State.PENDING, FAILED, Optional.of(UNTIL));
        assertThat(records.claim(webhook, NOW, UNTIL, 10)).isEmpty();

        WebhookDelivery again = records.claim(webhook, UNTIL, UNTIL, 1).get(0);
        records.end(webhook, again, State.DELIVERED, DONE, Optional.empty());
        List<WebhookDelivery> second = records.claim(webhook, NOW.plusSeconds(2), UNTIL, 10);
        assertThat(numbers(second)).containsExactly(2L);
        records.end(webhook, second.get(0), State.DEAD, FAILED, Optional.empty());
        assertThat(numbers(records.claim(webhook, NOW.plusSeconds(2), UNTIL, 10)))
                .containsExactly(4L);
    }

    @Test
    void claim_ofWebhooks_isIndependent() {
        Webhook one = added("a");
        Webhook other = added("b");
        publish("x", "x");
        records.deliver(one, events().after(0, 10), NOW);
        records.deliver(other, events().after(1, 10), NOW);

        assertThat(numbers(records.claim(other, NOW, UNTIL, 10))).containsExactly(2L);
        assertThat(numbers(records.claim(one, NOW, UNTIL, 10))).containsExactly(1L);
    }

    @Test
    void deliver_again_changesNothing() {
        Webhook webhook = added("a");
        publish("x", "x");
        List<LoggedEvent> events = events().after(0, 10);
        records.deliver(webhook, events, NOW);
        WebhookDelivery claimed = records.claim(webhook, NOW, UNTIL, 10).get(0);
        records.end(webhook, claimed, State.DELIVERED, DONE, Optional.empty());

        records.deliver(webhook, events, NOW);

        assertThat(numbers(records.claim(webhook, NOW.plusSeconds(2), UNTIL, 10)))
                .containsExactly(2L);
    }

    @Test
    void deliver_toARemovedWebhook_doesNothing() {
        Webhook webhook = added("a");
        publish("x");
        records.remove("a");

        records.deliver(webhook, events().after(0, 10), NOW);

        assertThat(records.claim(webhook, NOW, UNTIL, 10)).isEmpty();
        assertThat(records.due(NOW, 10, 0).items()).isEmpty();
    }

    @Test
    void end_ofAnAttemptThatWasRepeated_doesNothing() {
        Webhook webhook = added("a");
        publish("x");
        records.deliver(webhook, events().after(0, 10), NOW);
        WebhookDelivery late = records.claim(webhook, NOW, UNTIL, 10).get(0);
        WebhookDelivery repeated =
                records.claim(webhook, UNTIL, UNTIL.plusSeconds(60), 10).get(0);

        records.end(webhook, late, State.DEAD, FAILED, Optional.empty());
        assertThat(records.deliveries("a", Optional.of(State.PENDING), 10, Long.MAX_VALUE)
                        .items())
                .containsExactly(repeated);

        records.end(webhook, repeated, State.DELIVERED, DONE, Optional.empty());
        assertThat(records.deliveries("a", Optional.empty(), 10, Long.MAX_VALUE).items())
                .extracting(WebhookDelivery::state)
                .containsExactly(State.DELIVERED);
    }

    @Test
    void deliveries_areListedByState_newestFirst() {
        Webhook webhook = added("a");
        publish("x", "y", "z");
        records.deliver(webhook, events().after(0, 10), NOW);
        List<WebhookDelivery> claimed = records.claim(webhook, NOW, UNTIL, 10);
        records.end(webhook, claimed.get(0), State.DEAD, FAILED, Optional.empty());
        records.end(webhook, claimed.get(1), State.DELIVERED, DONE, Optional.empty());

        Page<WebhookDelivery, Long> first = records.deliveries("a", Optional.empty(), 2, Long.MAX_VALUE);
        assertThat(numbers(first.items())).containsExactly(3L, 2L);
        assertThat(numbers(records.deliveries(
                                "a", Optional.empty(), 2, first.next().orElseThrow())
                        .items()))
                .containsExactly(1L);
        List<WebhookDelivery> dead = records.deliveries("a", Optional.of(State.DEAD), 10, Long.MAX_VALUE)
                .items();
        assertThat(numbers(dead)).containsExactly(1L);
        assertThat(dead.get(0).last()).contains(FAILED);
        assertThat(first.items().get(1).last()).contains(DONE);
        assertThat(first.items().get(1).dueAt()).isEmpty();
    }

    @Test
    void redeliver_makesAnyDeliveryDue_withNewAttempts() {
        Webhook webhook = added("a");
        publish("x");
        records.deliver(webhook, events().after(0, 10), NOW);
        WebhookDelivery claimed = records.claim(webhook, NOW, UNTIL, 10).get(0);
        records.end(webhook, claimed, State.DEAD, FAILED, Optional.empty());

        WebhookDelivery again = records.redeliver("a", 1, UNTIL).orElseThrow();

        assertThat(again.state()).isEqualTo(State.PENDING);
        assertThat(again.attempts()).isZero();
        assertThat(again.firstAt()).isEmpty();
        assertThat(numbers(records.claim(webhook, UNTIL, UNTIL.plusSeconds(60), 10)))
                .containsExactly(1L);
        assertThat(records.redeliver("a", 2, UNTIL)).isEmpty();
        assertThat(records.redeliver("b", 1, UNTIL)).isEmpty();
    }

    @Test
    void redeliver_ofOneThatWaits_doesNotOvertake() {
        Webhook webhook = added("a");
        publish("x", "x");
        records.deliver(webhook, events().after(0, 10), NOW);

        assertThat(records.redeliver("a", 2, NOW).orElseThrow().dueAt()).isEmpty();

        assertThat(numbers(records.claim(webhook, NOW, UNTIL, 10))).containsExactly(1L);
    }

    @Test
    void prune_deletesDeliveries_andFreesThoseThatWaited() {
        Webhook webhook = added("a");
        publish("x", "y", "x");
        records.deliver(webhook, events().after(0, 10), NOW);

        records.prune(2, UNTIL);

        assertThat(numbers(records.deliveries("a", Optional.empty(), 10, Long.MAX_VALUE)
                        .items()))
                .containsExactly(3L);
        assertThat(numbers(records.claim(webhook, UNTIL, UNTIL.plusSeconds(60), 10)))
                .containsExactly(3L);
    }

    @Test
    void due_leavesOutDisabledWebhooks() {
        Webhook webhook = added("a");
        publish("x");
        records.deliver(webhook, events().after(0, 10), NOW);

        records.change(webhook, webhook.with(webhook.health().disabled(Optional.empty())), Optional.empty());

        assertThat(records.due(NOW, 10, 0).items()).isEmpty();
    }

    private Webhook added(String id) {
        records.add(webhook(id), 10);
        return webhook(id);
    }

    /** Publishes an event of each file. */
    private void publish(String... names) {
        List<Event> made = new ArrayList<>();
        for (String name : names) {
            made.add(Event.deleted(new ObjectKey("raw/p/" + name), NOW, Origin.UNKNOWN));
        }
        assertThat(events().publish(new EventLog.Publication(made, List.of(), Optional.empty())))
                .isTrue();
    }

    private static List<Long> numbers(List<WebhookDelivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.event().id()).toList();
    }

    private static Webhook webhook(String id) {
        return new Webhook(
                id,
                NOBODY,
                "https://example.com/",
                Set.of(EventType.FILE_DELETED),
                Optional.empty(),
                new Secret("whsec_AAAA"),
                NOW,
                Webhook.Health.enabledAfter(0),
                0);
    }

    private static Webhook owned(String id, String owner) {
        Webhook some = webhook(id);
        return new Webhook(
                id,
                Optional.of(owner),
                some.url(),
                some.types(),
                some.prefix(),
                some.secret(),
                some.createdAt(),
                some.health(),
                some.version());
    }
}
