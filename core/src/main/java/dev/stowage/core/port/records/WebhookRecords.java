package dev.stowage.core.port.records;

import dev.stowage.core.event.Event;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The durable record of webhooks and their deliveries. A change survives a crash once its method has returned. Safe for concurrent use, also
 * by several processes. Every method may throw {@link dev.stowage.core.error.StorageUnavailable} or
 * {@link dev.stowage.core.error.StorageFull}; every wait is bounded.
 *
 * <p>A delivery waits while an earlier event of the same file is pending for the same webhook. Deliveries are kept as long as their events.
 */
public interface WebhookRecords {

    /** The maximum number of webhooks or deliveries in one call. */
    int MAX_AT_ONCE = 1000;

    /**
     * Adds a webhook.
     *
     * @param max the maximum number of webhooks of its owner; it also holds across concurrent calls
     * @throws dev.stowage.core.error.TooManyOpen when the owner has that many
     */
    void add(Webhook webhook, int max);

    /** Returns a webhook, or empty when there is none. */
    Optional<Webhook> find(String id);

    /**
     * Returns a page of an owner's webhooks, oldest first.
     *
     * @param owner empty for the webhooks without an owner
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param after the position that the previous page returned; 0 for the first page
     */
    Page<Webhook, Long> list(Optional<String> owner, int max, long after);

    /**
     * Changes a webhook from one version to the next, and records an event in the same step. Of several concurrent changes from the same
     * version, one succeeds.
     *
     * @return whether this change succeeded; false also when the webhook was removed
     */
    boolean change(Webhook from, Webhook to, Optional<Event> event);

    /** Removes a webhook; its deliveries can't be seen any more. Idempotent. */
    void remove(String id);

    /** Returns the lowest {@link Webhook.Health#after} of the enabled webhooks; empty when there are none. */
    OptionalLong after();

    /** Returns a page of the enabled webhooks of all owners; parameters as for {@link #list}. */
    Page<Webhook, Long> enabled(int max, long after);

    /** Returns a page of the enabled webhooks that have a delivery that is due; parameters as for {@link #list}. */
    Page<Webhook, Long> due(Instant now, int max, long after);

    /**
     * Adds deliveries of events, which are due at once. Those that there are already stay as they are.
     *
     * @param events in the order of their ids; up to {@link #MAX_AT_ONCE}
     */
    void deliver(Webhook webhook, List<LoggedEvent> events, Instant now);

    /**
     * Claims deliveries that are due, the longest due ones first, and begins an attempt of each. No other call claims them before
     * {@code until}.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     */
    List<WebhookDelivery> claim(Webhook webhook, Instant now, Instant until, int max);

    /**
     * Records the result of an attempt. Does nothing when another attempt was begun since the claim.
     *
     * @param claimed as {@link #claim} returned it
     * @param state afterwards; unless it is pending, the next event of the same file is due
     * @param next the earliest time of the next attempt, for a pending one
     */
    void end(
            Webhook webhook,
            WebhookDelivery claimed,
            WebhookDelivery.State state,
            WebhookDelivery.Result result,
            Optional<Instant> next);

    /**
     * Returns a page of the deliveries of a webhook, the newest event first.
     *
     * @param max 1 to {@link #MAX_AT_ONCE}
     * @param before the position that the previous page returned; {@link Long#MAX_VALUE} for the first page
     */
    Page<WebhookDelivery, Long> deliveries(String id, Optional<WebhookDelivery.State> state, int max, long before);

    /**
     * Makes a delivery pending again, due at once and without attempts.
     *
     * @return the delivery; empty when there is none
     */
    Optional<WebhookDelivery> redeliver(String id, long event, Instant now);

    /** Deletes the deliveries of events up to the one with the id {@code event}. */
    void prune(long event, Instant now);
}
