package dev.stowage.core.apikey;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.access.SecretDigest;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.records.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Creates API keys. */
final class CreateKey {

    /** The longest lifetime of a key. */
    static final Duration MAX_LIFETIME = Duration.ofDays(36_500);

    /** The maximum number of projects and prefixes of a key. Authentication holds those of all keys in memory. */
    static final int MAX_SCOPES = 100;

    private final ApiKeys keys;
    private final KeyLayout layout;
    private final Optional<S3Secrets> s3Secrets;
    private final InstantSource clock;

    CreateKey(ApiKeys keys, KeyLayout layout, Optional<S3Secrets> s3Secrets, InstantSource clock) {
        this.keys = keys;
        this.layout = layout;
        this.s3Secrets = s3Secrets;
        this.clock = clock;
    }

    /** See {@link ApiKeyManagement#create}. */
    ApiKeyManagement.NewKey create(String name, Rights rights, Optional<Duration> lifetime, boolean s3) {
        if (rights.actions().isEmpty()) {
            throw InvalidInput.ofField("actions", "A key needs at least one action");
        }
        boolean keysMatter = rights.actions().stream().anyMatch(action -> action != Action.METRICS);
        if (keysMatter && rights.scopes().isEmpty()) {
            throw InvalidInput.ofField("projects", "A key needs at least one scope: a project, a prefix, or all keys");
        }
        if (rights.scopes().size() > MAX_SCOPES) {
            throw InvalidInput.ofField(
                    "projects", "A key can have at most " + MAX_SCOPES + " projects and prefixes; create several keys");
        }
        if (lifetime.filter(time -> time.isNegative() || time.isZero() || time.compareTo(MAX_LIFETIME) > 0)
                .isPresent()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_EXPIRY,
                    "A key's lifetime must be at least a second and at most " + MAX_LIFETIME.toDays() + " days",
                    Map.of("field", "expires_in"));
        }
        if (!layout.hasProjects() && rights.scopes().stream().anyMatch(Scope.Project.class::isInstance)) {
            throw InvalidInput.ofField(
                    "projects",
                    "The layout " + layout
                            + " has no {project_id}, so keys do not belong to projects; give prefixes instead");
        }
        if (s3 && s3Secrets.isEmpty()) {
            throw new NotSupported("This service has no secret for S3 key pairs; set S3_API_SECRET");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeyText text = KeyText.random();
        ApiKey key = key(text.id(), name, rights, now, lifetime.map(now::plus), s3);
        StoredKey stored = StoredKey.of(key, SecretDigest.of(KeyText.salt(), text.secret()));
        keys.add(stored);
        return new ApiKeyManagement.NewKey(key, text.whole(), s3Secrets.flatMap(secrets -> secrets.current(stored)));
    }

    private static ApiKey key(
            String id, String name, Rights rights, Instant now, Optional<Instant> expiresAt, boolean s3) {
        try {
            return new ApiKey(id, name, rights, now, expiresAt, Optional.empty(), Optional.empty(), s3);
        } catch (IllegalArgumentException e) {
            throw InvalidInput.ofField("name", String.valueOf(e.getMessage()));
        }
    }
}
