package dev.stowage.core.webhook;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.event.Event;
import dev.stowage.core.event.EventType;
import dev.stowage.core.event.LoggedEvent;
import dev.stowage.core.event.Webhook;
import dev.stowage.core.event.WebhookDelivery;
import dev.stowage.core.eventlog.EventPublisher;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.WebhookRecords;
import dev.stowage.core.port.service.WebhookSender;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Webhooks, as the principals who create them see them. A receiver gets the events that match, and that its creator may see at the time of the
 * delivery.
 *
 * <p>Safe for concurrent use. Every method throws {@link dev.stowage.core.error.AccessDenied} when the principal does not have the action
 * {@link Action#WEBHOOKS}, and every method that names a webhook throws {@link NotFound} when there is none, or it is another principal's.
 */
public final class Webhooks {

    /** How long a secret that was replaced can sign beside the new one. */
    public static final Duration MAX_OVERLAP = Duration.ofDays(365);

    private static final int ATTEMPTS = 100;

    /** The length that the specification of Standard Webhooks recommends is 24 to 64. */
    private static final int SECRET_BYTES = 32;

    private final WebhookRecords records;
    private final WebhookSender sender;
    private final EventPublisher events;
    private final AccessPolicy access;
    private final int max;
    private final InstantSource clock;

    /** @param max the maximum number of webhooks of one principal */
    public Webhooks(
            WebhookRecords records,
            WebhookSender sender,
            EventPublisher events,
            AccessPolicy access,
            int max,
            InstantSource clock) {
        this.records = records;
        this.sender = sender;
        this.events = events;
        this.access = access;
        this.max = max;
        this.clock = clock;
    }

    /**
     * What to change; empty for what stays.
     *
     * @param prefix an empty one for all files, and then also for events without a key
     */
    public record Change(
            Optional<String> url,
            Optional<Set<EventType>> types,
            Optional<KeyPrefix> prefix,
            Optional<Boolean> enabled) {}

    /**
     * Creates a webhook, which is enabled and gets the events that are recorded from now on. A repetition creates another one.
     *
     * @param url of the receiver
     * @param prefix of the files' keys, all of which the principal may read; empty for all that it may, and then also events without a key
     * @return the webhook, whose secret must be shown now
     * @throws InvalidInput when events may not be sent to the URL, or there are no types
     * @throws dev.stowage.core.error.TooManyOpen when the principal has reached the limit of webhooks
     */
    public Webhook create(Principal principal, String url, Set<EventType> types, Optional<KeyPrefix> prefix) {
        AuditedAction action = AuditedAction.of("webhook.create");
        return access.audited(
                principal,
                action,
                () -> {
                    access.permissions().check(principal, Action.WEBHOOKS);
                    prefix.filter(Webhooks::selects)
                            .ifPresent(some -> access.permissions().check(principal, Action.READ, some));
                    sender.check(url);
                    Webhook webhook = new Webhook(
                            UUID.randomUUID().toString(),
                            principal.id(),
                            url,
                            types,
                            prefix.filter(Webhooks::selects),
                            secret(),
                            now(),
                            Webhook.Health.enabledAfter(events.last()),
                            0);
                    records.add(webhook, max);
                    return webhook;
                },
                made -> action.with("webhook", made.id()));
    }

    private static Secret secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret("whsec_" + Base64.getEncoder().encodeToString(bytes));
    }

    private static boolean selects(KeyPrefix prefix) {
        return !prefix.value().isEmpty();
    }

    /** Returns a webhook. */
    public Webhook get(Principal principal, String id) {
        AuditedAction action = AuditedAction.of(Action.WEBHOOKS.id()).with("webhook", id);
        return access.asked(principal, action, () -> find(principal, id));
    }

    /**
     * Returns a page of the principal's own webhooks, oldest first.
     *
     * @param limit 1 to {@link PageLimit#MAX}
     * @param cursor of the previous page
     * @throws dev.stowage.core.error.InvalidInput when the limit is out of bounds, or the cursor is not valid
     */
    public Page<Webhook, Long> list(Principal principal, int limit, Optional<String> cursor) {
        access.check(principal, Action.WEBHOOKS);
        return records.list(
                principal.id(),
                PageLimit.check(limit),
                PageLimit.position(cursor).orElse(0L));
    }

    /**
     * Changes a webhook. One that is enabled gets the events from now on, and those that were pending when it was disabled. A repetition does
     * nothing.
     *
     * @throws dev.stowage.core.error.InvalidInput when events may not be sent to the URL, or there are no types
     * @throws Conflict when others change it at the same time
     */
    public Webhook change(Principal principal, String id, Change change) {
        return audited(principal, "webhook.change", id, () -> {
            Webhook present = find(principal, id);
            change.prefix()
                    .filter(Webhooks::selects)
                    .ifPresent(some -> access.permissions().check(principal, Action.READ, some));
            change.url().ifPresent(sender::check);
            return store(principal, present, before -> changed(before, change));
        });
    }

    /**
     * Gives a webhook another secret. Deliveries are signed with both until the overlap ends, so that the receiver accepts them at any time;
     * the secret before the present one signs no longer. A repetition makes another secret.
     *
     * @param overlap how long the present secret still signs; zero to {@link #MAX_OVERLAP}
     * @return the webhook, whose secret must be shown now
     * @throws InvalidInput when the overlap is out of bounds
     * @throws Conflict when others change it at the same time
     */
    public Webhook rotate(Principal principal, String id, Duration overlap) {
        return audited(principal, "webhook.rotate", id, () -> {
            Webhook present = find(principal, id);
            if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
                throw InvalidInput.ofField("overlap", "overlap must be 0 to " + MAX_OVERLAP.toSeconds() + " seconds");
            }
            Secret next = secret();
            Optional<Instant> until = overlap.isZero() ? Optional.empty() : Optional.of(now().plus(overlap));
            return store(principal, present, before -> before.rotated(next, until));
        });
    }

    /** Stores the next version of a webhook; of the current one, if others have changed it meanwhile. */
    private Webhook store(Principal principal, Webhook present, UnaryOperator<Webhook> change) {
        Webhook before = present;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Webhook changed = change.apply(before);
            if (changed.equals(before) || records.change(before, changed, Optional.empty())) {
                return changed;
            }
            before = find(principal, present.id());
        }
        throw new Conflict("The webhook " + present.id() + " is being changed by other requests; try again");
    }

    private Webhook changed(Webhook before, Change change) {
        Webhook filtered = before.with(
                change.url().orElse(before.url()),
                change.types().orElse(before.types()),
                change.prefix().isPresent() ? change.prefix().filter(Webhooks::selects) : before.prefix());
        boolean enabled = change.enabled().orElse(before.health().enabled());
        if (enabled == before.health().enabled()) {
            boolean same = filtered.url().equals(before.url())
                    && filtered.types().equals(before.types())
                    && filtered.prefix().equals(before.prefix());
            return same ? before : filtered;
        }
        Webhook.Health health = enabled
                ? Webhook.Health.enabledAfter(events.last())
                : before.health().disabled(Optional.empty());
        return new Webhook(
                filtered.id(),
                filtered.owner(),
                filtered.url(),
                filtered.types(),
                filtered.prefix(),
                filtered.secret(),
                filtered.former(),
                filtered.createdAt(),
                health,
                filtered.version());
    }

    /** Deletes a webhook. Events that have not been delivered are not delivered any more, except for attempts that have begun. */
    public void delete(Principal principal, String id) {
        boolean unused = audited(principal, "webhook.delete", id, () -> {
            records.remove(find(principal, id).id());
            return true;
        });
    }

    /** Sends an event of the type {@link EventType#WEBHOOK_TEST} once, also to a disabled webhook, and returns the result. */
    public WebhookDelivery.Result test(Principal principal, String id) {
        return audited(principal, "webhook.test", id, () -> {
            Webhook webhook = find(principal, id);
            return sender.send(webhook, new LoggedEvent(0, Event.test(webhook, now())));
        });
    }

    /**
     * Returns a page of the deliveries of a webhook, the newest event first.
     *
     * @param state empty for all
     * @param limit 1 to {@link PageLimit#MAX}
     * @param cursor of the previous page
     * @throws dev.stowage.core.error.InvalidInput when the limit is out of bounds, or the cursor is not valid
     */
    public Page<WebhookDelivery, Long> deliveries(
            Principal principal, String id, Optional<WebhookDelivery.State> state, int limit, Optional<String> cursor) {
        Webhook webhook = get(principal, id);
        return records.deliveries(
                webhook.id(),
                state,
                PageLimit.check(limit),
                PageLimit.position(cursor).orElse(Long.MAX_VALUE));
    }

    /**
     * Delivers an event again, as if it were new: also one that was delivered, or given up. Later events of the same file may have been
     * delivered before.
     *
     * @throws NotFound also when there is no such delivery
     */
    public WebhookDelivery redeliver(Principal principal, String id, long number) {
        return access.audited(
                principal,
                AuditedAction.of("webhook.redeliver").with("webhook", id).with("delivery", number),
                () -> records.redeliver(find(principal, id).id(), number, now())
                        .orElseThrow(() -> NotFound.delivery(id, Long.toString(number))));
    }

    private <T> T audited(Principal principal, String operation, String id, Supplier<T> work) {
        return access.audited(principal, AuditedAction.of(operation).with("webhook", id), work);
    }

    /** Finds a webhook without writing to the audit log, which the callers do. */
    private Webhook find(Principal principal, String id) {
        access.permissions().check(principal, Action.WEBHOOKS);
        return records.find(id)
                .filter(webhook -> principal.owns(webhook.owner()))
                .orElseThrow(() -> NotFound.webhook(id));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
