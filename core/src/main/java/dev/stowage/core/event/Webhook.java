package dev.stowage.core.event;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A subscription of a receiver to events.
 *
 * @param owner the principal who created it, and by whose current rights the receiver gets events; empty without authentication
 * @param url of the receiver: http or https
 * @param types of the events; unmodifiable, not empty
 * @param prefix of the files' keys; empty for all, and then also events without a key
 * @param secret with which deliveries are signed: {@code whsec_} and base64
 * @param former the secret before the latest rotation; empty when it has stopped at once, or there was none
 * @param version grows with each change
 */
public record Webhook(
        String id,
        Optional<String> owner,
        String url,
        Set<EventType> types,
        Optional<KeyPrefix> prefix,
        Secret secret,
        Optional<FormerSecret> former,
        Instant createdAt,
        Health health,
        long version) {

    /**
     * A secret that was replaced.
     *
     * @param until deliveries are signed with it, too, before this time
     */
    public record FormerSecret(Secret secret, Instant until) {}

    /** Why a webhook was disabled by the service. */
    public enum Reason {
        /** Every attempt of a week has failed. */
        FAILING("failing"),
        /** The receiver answered 410 Gone. */
        GONE("gone");

        private final String id;

        Reason(String id) {
            this.id = id;
        }

        /** Returns the name in the API. */
        public String id() {
            return id;
        }
    }

    /**
     * Whether events are delivered.
     *
     * @param enabled whether they are
     * @param after the id of the last event before it was enabled; only later ones are delivered
     * @param failingSince when the first attempt after the latest success failed; empty while deliveries succeed
     * @param reason why the service has disabled it
     */
    public record Health(boolean enabled, long after, Optional<Instant> failingSince, Optional<Reason> reason) {

        /** Enabled, for the events after that one. */
        public static Health enabledAfter(long event) {
            return new Health(true, event, Optional.empty(), Optional.empty());
        }

        /** Returns the state after the first failure, or after a success. */
        public Health failing(Optional<Instant> since) {
            return new Health(enabled, after, since, reason);
        }

        /** Returns the disabled state. */
        public Health disabled(Optional<Reason> why) {
            return new Health(false, after, failingSince, why);
        }
    }

    /** @throws InvalidInput when it has no types */
    public Webhook {
        types = Set.copyOf(types);
        if (types.isEmpty()) {
            throw InvalidInput.ofField("events", "events must name at least one type of event");
        }
    }

    /** One whose secret was never replaced. */
    public Webhook(
            String id,
            Optional<String> owner,
            String url,
            Set<EventType> types,
            Optional<KeyPrefix> prefix,
            Secret secret,
            Instant createdAt,
            Health health,
            long version) {
        this(id, owner, url, types, prefix, secret, Optional.empty(), createdAt, health, version);
    }

    /** Returns the next version, with another secret. The present one signs beside it until the given time; empty for no longer. */
    public Webhook rotated(Secret next, Optional<Instant> until) {
        Optional<FormerSecret> replaced = until.map(time -> new FormerSecret(secret, time));
        return new Webhook(id, owner, url, types, prefix, next, replaced, createdAt, health, version + 1);
    }

    /** Returns the secrets that sign deliveries at a time, the current one first. */
    public List<Secret> secrets(Instant now) {
        return former.filter(old -> now.isBefore(old.until()))
                .map(old -> List.of(secret, old.secret()))
                .orElse(List.of(secret));
    }

    /** Returns the next version, for another receiver or other events. */
    public Webhook with(String otherUrl, Set<EventType> otherTypes, Optional<KeyPrefix> otherPrefix) {
        return new Webhook(
                id, owner, otherUrl, otherTypes, otherPrefix, secret, former, createdAt, health, version + 1);
    }

    /** Returns the next version, in another state. */
    public Webhook with(Health other) {
        return new Webhook(id, owner, url, types, prefix, secret, former, createdAt, other, version + 1);
    }
}
