package dev.stowage.core.webhook;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.event.WebhookDelivery.Result;
import dev.stowage.core.event.WebhookDelivery.State;
import dev.stowage.core.job.Fence;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.core.port.service.EventSink;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.port.service.WebhookSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * The deliveries of webhooks, as workers make them: at least once, and in order for each file.
 *
 * <p>A claim postpones a delivery, so what a crash leaves is due again after {@link #CLAIM}. A failed attempt is repeated with growing delays
 * for {@link #RETRY_PERIOD}; after that the delivery is dead. Safe for concurrent use, also by several processes.
 */
public final class WebhookDeliveries {

    /** How long a claim is valid. Longer than an attempt takes. */
    static final Duration CLAIM = Duration.ofMinutes(1);

    /** How long after its first attempt a delivery is given up. */
    static final Duration RETRY_PERIOD = Duration.ofDays(3);

    /** How long a receiver may fail until its webhook is disabled. */
    static final Duration DISABLED_AFTER = Duration.ofDays(7);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofHours(6);
    private static final double JITTER = 0.2;
    private static final int ATTEMPTS = 100;

    private final WebhookRecords records;
    private final WebhookSender sender;
    private final Principals principals;
    private final WebhookFeed feed;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param principals the owners of webhooks */
    public WebhookDeliveries(
            WebhookRecords records,
            WebhookSender sender,
            Principals principals,
            AccessPolicy access,
            InstantSource clock,
            RandomGenerator random) {
        this.records = records;
        this.sender = sender;
        this.principals = principals;
        this.feed = new WebhookFeed(records, principals, access.permissions(), clock);
        this.clock = clock;
        this.random = random;
    }

    /** Returns the sink that adds deliveries of events. */
    public EventSink sink() {
        return feed;
    }

    /** Returns a page of webhooks with deliveries that are due; see {@link WebhookRecords#due}. */
    public Page<Webhook, Long> due(long after) {
        return records.due(now(), WebhookRecords.MAX_AT_ONCE, after);
    }

    /** Claims deliveries, which are to be attempted at once. */
    public List<WebhookDelivery> claim(Webhook webhook, int max) {
        Instant now = now();
        return records.claim(webhook, now, now.plus(CLAIM), max);
    }

    /**
     * Attempts a delivery and records the result. An attempt that is interrupted, or for which the fence is closed, is left to the next claim.
     *
     * @param fence closes before the claim can be lost to another process
     * @return whether it was accepted
     */
    public boolean attempt(Webhook webhook, WebhookDelivery claimed, Fence fence) {
        if (!feed.admits(webhook, principals.owner(webhook.owner()), claimed.event())) {
            String why = "The webhook's events have changed, or its creator may not see this one any more";
            Result refused = new Result(now(), OptionalInt.empty(), Optional.of(why));
            records.end(webhook, claimed, State.DEAD, refused, Optional.empty());
            return false;
        }
        if (!fence.isOpen()) {
            return false;
        }
        Result result = sender.send(webhook, claimed.event());
        if (result.isSuccess()) {
            records.end(webhook, claimed, State.DELIVERED, result, Optional.empty());
            if (webhook.health().failingSince().isPresent()) {
                change(webhook.id(), result);
            }
        } else if (!Thread.currentThread().isInterrupted()) {
            fail(webhook, claimed, result);
        }
        return result.isSuccess();
    }

    private void fail(Webhook webhook, WebhookDelivery claimed, Result result) {
        Instant next = result.at().plus(delay(claimed.attempts()));
        boolean ended = next.isAfter(claimed.firstAt().orElse(result.at()).plus(RETRY_PERIOD));
        records.end(
                webhook,
                claimed,
                ended ? State.DEAD : State.PENDING,
                result,
                ended ? Optional.empty() : Optional.of(next));
        boolean known = webhook.health().failingSince().isPresent();
        if (!known || result.isGone() || hasFailedTooLong(webhook, result.at())) {
            change(webhook.id(), result);
        }
    }

    private static boolean hasFailedTooLong(Webhook webhook, Instant now) {
        return webhook.health()
                .failingSince()
                .filter(since -> !since.plus(DISABLED_AFTER).isAfter(now))
                .isPresent();
    }

    /** Records the first failure or success, or disables the webhook. */
    private void change(String id, Result result) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Webhook> found =
                    records.find(id).filter(webhook -> webhook.health().enabled());
            if (found.isEmpty() || change(found.get(), result)) {
                return;
            }
        }
    }

    private boolean change(Webhook webhook, Result result) {
        Webhook.Health health = webhook.health();
        Optional<Webhook.Reason> reason = reason(webhook, result);
        if (reason.isPresent()) {
            Event event = Event.disabled(webhook, reason.get(), result.at());
            return records.change(webhook, webhook.with(health.disabled(reason)), Optional.of(event));
        }
        if (result.isSuccess() == health.failingSince().isEmpty()) {
            return true;
        }
        Optional<Instant> since = result.isSuccess() ? Optional.empty() : Optional.of(result.at());
        return records.change(webhook, webhook.with(health.failing(since)), Optional.empty());
    }

    private static Optional<Webhook.Reason> reason(Webhook webhook, Result result) {
        if (result.isGone()) {
            return Optional.of(Webhook.Reason.GONE);
        }
        return !result.isSuccess() && hasFailedTooLong(webhook, result.at())
                ? Optional.of(Webhook.Reason.FAILING)
                : Optional.empty();
    }

    /** 5 s, 10 s, 20 s and so on up to 6 hours, so a delivery has about 24 attempts. */
    private Duration delay(int attempts) {
        double factor = Math.pow(2, Math.min(attempts, 30) - 1.0);
        double millis = Math.min(FIRST_DELAY.toMillis() * factor, (double) LONGEST_DELAY.toMillis());
        return Duration.ofMillis((long) (millis * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
