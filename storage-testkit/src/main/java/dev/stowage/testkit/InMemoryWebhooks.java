package dev.stowage.testkit;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.event.WebhookDelivery.State;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.WebhookRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Webhooks in memory. Safe for concurrent use; durable for as long as the object is referenced. */
public final class InMemoryWebhooks implements WebhookRecords {

    private final Map<Long, Webhook> webhooks = new TreeMap<>();
    private final Map<String, NavigableMap<Long, WebhookDelivery>> deliveries = new TreeMap<>();
    private final List<Event> recorded = new ArrayList<>();
    private long numbers;

    /** Creates an empty record. */
    public InMemoryWebhooks() {
        // There is nothing in it.
    }

    /** Returns the events that were recorded with changes. */
    public synchronized List<Event> recorded() {
        return List.copyOf(recorded);
    }

    @Override
    public synchronized void add(Webhook webhook, int max) {
        long own = webhooks.values().stream()
                .filter(known -> known.owner().equals(webhook.owner()))
                .count();
        if (own >= max) {
            throw TooManyOpen.webhooks(max);
        }
        webhooks.put(++numbers, webhook);
        deliveries.put(webhook.id(), new TreeMap<>());
    }

    @Override
    public synchronized Optional<Webhook> find(String id) {
        return webhooks.values().stream()
                .filter(webhook -> webhook.id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized Page<Webhook, Long> list(Optional<String> owner, int max, long after) {
        return page(webhook -> webhook.owner().equals(owner), max, after);
    }

    private Page<Webhook, Long> page(Predicate<Webhook> which, int max, long after) {
        List<Map.Entry<Long, Webhook>> found = webhooks.entrySet().stream()
                .filter(entry -> entry.getKey() > after && which.test(entry.getValue()))
                .limit(max + 1L)
                .toList();
        return Page.<Map.Entry<Long, Webhook>, Long>first(found, max, Map.Entry::getKey)
                .map(Map.Entry::getValue);
    }

    @Override
    public synchronized boolean change(Webhook from, Webhook to, Optional<Event> event) {
        Optional<Map.Entry<Long, Webhook>> found = webhooks.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(from.id())
                        && entry.getValue().version() == from.version())
                .findFirst();
        found.ifPresent(entry -> {
            entry.setValue(to);
            event.ifPresent(recorded::add);
        });
        return found.isPresent();
    }

    @Override
    public synchronized void remove(String id) {
        webhooks.values().removeIf(webhook -> webhook.id().equals(id));
        NavigableMap<Long, WebhookDelivery> unused = deliveries.remove(id);
    }

    @Override
    public synchronized OptionalLong after() {
        return webhooks.values().stream()
                .map(Webhook::health)
                .filter(Webhook.Health::enabled)
                .mapToLong(Webhook.Health::after)
                .min();
    }

    @Override
    public synchronized Page<Webhook, Long> enabled(int max, long after) {
        return page(webhook -> webhook.health().enabled(), max, after);
    }

    @Override
    public synchronized Page<Webhook, Long> due(Instant now, int max, long after) {
        return page(
                webhook -> webhook.health().enabled()
                        && of(webhook.id()).values().stream().anyMatch(delivery -> isDue(delivery, now)),
                max,
                after);
    }

    private NavigableMap<Long, WebhookDelivery> of(String webhook) {
        return deliveries.getOrDefault(webhook, new TreeMap<>());
    }

    private static boolean isDue(WebhookDelivery delivery, Instant now) {
        return delivery.state() == State.PENDING
                && delivery.dueAt().filter(due -> !due.isAfter(now)).isPresent();
    }

    @Override
    public synchronized void deliver(Webhook webhook, List<LoggedEvent> events, Instant now) {
        NavigableMap<Long, WebhookDelivery> own = of(webhook.id());
        for (LoggedEvent event : events) {
            if (!own.containsKey(event.id())) {
                own.put(
                        event.id(),
                        new WebhookDelivery(
                                event,
                                State.PENDING,
                                0,
                                waits(own, event) ? Optional.empty() : Optional.of(now),
                                Optional.empty(),
                                Optional.empty()));
            }
        }
    }

    private static boolean waits(NavigableMap<Long, WebhookDelivery> own, LoggedEvent event) {
        return own.headMap(event.id()).values().stream()
                .anyMatch(earlier -> earlier.state() == State.PENDING && isSameFile(earlier.event(), event));
    }

    private static boolean isSameFile(LoggedEvent one, LoggedEvent other) {
        return one.event().key().isPresent()
                && one.event().key().equals(other.event().key());
    }

    @Override
    public synchronized List<WebhookDelivery> claim(Webhook webhook, Instant now, Instant until, int max) {
        NavigableMap<Long, WebhookDelivery> own = of(webhook.id());
        List<WebhookDelivery> claimed = own.values().stream()
                .filter(delivery -> isDue(delivery, now))
                .sorted(Comparator.comparing(
                                (WebhookDelivery delivery) -> delivery.dueAt().orElseThrow())
                        .thenComparing(delivery -> delivery.event().id()))
                .limit(max)
                .map(delivery -> new WebhookDelivery(
                        delivery.event(),
                        State.PENDING,
                        delivery.attempts() + 1,
                        Optional.of(until),
                        delivery.firstAt().or(() -> Optional.of(now)),
                        delivery.last()))
                .sorted(Comparator.comparing(delivery -> delivery.event().id()))
                .toList();
        claimed.forEach(delivery -> own.put(delivery.event().id(), delivery));
        return claimed;
    }

    @Override
    public synchronized void end(
            Webhook webhook,
            WebhookDelivery claimed,
            State state,
            WebhookDelivery.Result result,
            Optional<Instant> next) {
        NavigableMap<Long, WebhookDelivery> own = of(webhook.id());
        WebhookDelivery now = own.get(claimed.event().id());
        if (now == null || now.state() != State.PENDING || now.attempts() != claimed.attempts()) {
            return;
        }
        own.put(
                claimed.event().id(),
                new WebhookDelivery(now.event(), state, now.attempts(), next, now.firstAt(), Optional.of(result)));
        if (state != State.PENDING) {
            free(own, result.at());
        }
    }

    /** Makes those due that wait for no other one. */
    private static void free(NavigableMap<Long, WebhookDelivery> own, Instant now) {
        own.replaceAll((id, delivery) ->
                delivery.state() == State.PENDING && delivery.dueAt().isEmpty() && !waits(own, delivery.event())
                        ? new WebhookDelivery(
                                delivery.event(),
                                State.PENDING,
                                delivery.attempts(),
                                Optional.of(now),
                                delivery.firstAt(),
                                delivery.last())
                        : delivery);
    }

    @Override
    public synchronized Page<WebhookDelivery, Long> deliveries(String id, Optional<State> state, int max, long before) {
        List<WebhookDelivery> found = of(id).headMap(before, false).descendingMap().values().stream()
                .filter(delivery -> state.map(only -> only == delivery.state()).orElse(true))
                .limit(max + 1L)
                .toList();
        return Page.first(found, max, delivery -> delivery.event().id());
    }

    @Override
    public synchronized Optional<WebhookDelivery> redeliver(String id, long event, Instant now) {
        NavigableMap<Long, WebhookDelivery> own = of(id);
        WebhookDelivery before = own.get(event);
        if (before == null) {
            return Optional.empty();
        }
        boolean pending = before.state() == State.PENDING;
        WebhookDelivery again = new WebhookDelivery(
                before.event(),
                State.PENDING,
                pending ? before.attempts() : 0,
                waits(own, before.event()) ? Optional.empty() : Optional.of(now),
                pending ? before.firstAt() : Optional.empty(),
                before.last());
        own.put(event, again);
        return Optional.of(again);
    }

    @Override
    public synchronized void prune(long event, Instant now) {
        for (NavigableMap<Long, WebhookDelivery> own : deliveries.values()) {
            own.headMap(event, true).clear();
            free(own, now);
        }
    }
}
