package dev.stowage.core.apikey;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.ApiKey;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.StoredKey;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.ApiKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Management of API keys, over HTTP and on the command line.
 *
 * <p>It needs the action {@link Action#ADMIN}. A principal manages the keys whose rights are part of its own: it can neither create a key
 * with further rights nor get the secret of one. Other keys do not exist for it. The lifetime of a key is not limited by that of its
 * creator.
 *
 * <p>Every change has one line in the audit log. Safe for concurrent use. A change takes effect within a second in every process on the
 * same records. Every method throws {@link AccessDenied} when the principal does not have the action, and
 * {@link dev.stowage.core.error.StorageUnavailable} when the record is unavailable.
 */
public final class ApiKeyManagement {

    /** The actions of a new key for which none are named. */
    public static final Set<Action> USUAL_ACTIONS =
            Set.copyOf(EnumSet.of(Action.READ, Action.WRITE, Action.DELETE, Action.JOBS));

    private final ApiKeys keys;
    private final KeyLayout layout;
    private final AccessPolicy access;
    private final InstantSource clock;
    private final CreateKey createKey;
    private final RotateKey rotateKey;

    /**
     * @param layout determines the keys of files that belong to a project
     * @param s3Secrets derives the secrets of S3 key pairs; empty if there can be none
     */
    public ApiKeyManagement(
            ApiKeys keys, KeyLayout layout, AccessPolicy access, Optional<S3Secrets> s3Secrets, InstantSource clock) {
        this.keys = keys;
        this.layout = layout;
        this.access = access;
        this.clock = clock;
        this.createKey = new CreateKey(keys, layout, s3Secrets, clock);
        this.rotateKey = new RotateKey(keys, s3Secrets, clock);
    }

    /**
     * Creates a key, which is valid at once. A repetition creates another one.
     *
     * @param name for people, 1 to 64 characters without control characters; need not be unique
     * @param lifetime more than zero and at most 36500 days; empty for no expiry
     * @param s3 whether the key has an S3 key pair, as long as it is valid
     * @throws AccessDenied when the rights are not part of the principal's own
     * @throws InvalidInput when the key would permit nothing, or there are too many keys; the message says what to change
     * @throws dev.stowage.core.error.NotSupported when there can be no S3 key pairs
     */
    public NewKey create(Principal principal, String name, Rights rights, Optional<Duration> lifetime, boolean s3) {
        AuditedAction action = AuditedAction.of("key.create");
        return access.audited(
                principal,
                action,
                () -> {
                    access.permissions().check(principal, Action.ADMIN);
                    if (!principal.rights().covers(rights, layout)) {
                        throw new AccessDenied("A key can only have rights that you have yourself; name fewer actions,"
                                + " projects or prefixes");
                    }
                    return createKey.create(name, rights, lifetime, s3);
                },
                made -> naming(action, made.key()));
    }

    /**
     * Returns a page of the keys that the principal manages, in the order of their creation, including those that are no longer valid.
     *
     * @param limit 1 to {@link PageLimit#MAX}
     * @param cursor the id of the last key of the previous page; empty for the first page
     * @throws InvalidInput when the limit is out of bounds, or the cursor is not valid
     */
    public Page<ApiKey, String> list(Principal principal, int limit, Optional<String> cursor) {
        return access.observed("key.list", () -> listPermitted(principal, limit, cursor));
    }

    private Page<ApiKey, String> listPermitted(Principal principal, int limit, Optional<String> cursor) {
        access.check(principal, Action.ADMIN);
        int max = PageLimit.check(limit);
        List<ApiKey> managed = keys.all().stream()
                .map(StoredKey::key)
                .filter(key -> manages(principal, key))
                .toList();
        int start = cursor.map(id -> after(id, managed)).orElse(0);
        int end = Math.min(managed.size(), start + max);
        List<ApiKey> page = new ArrayList<>(managed.subList(start, end));
        boolean more = end < managed.size();
        return new Page<>(page, more ? Optional.of(managed.get(end - 1).id()) : Optional.empty());
    }

    /** Returns a key. @throws NotFound when there is none that the principal manages */
    public ApiKey get(Principal principal, String id) {
        AuditedAction action = AuditedAction.of(Action.ADMIN.id()).with("api_key", id);
        return access.observed("key.read", () -> access.asked(principal, action, () -> find(principal, id)))
                .key();
    }

    /**
     * Gives a key a new secret, also in its S3 key pair, and keeps its id, its rights and what it owns. A repetition creates another secret, and the secret before
     * the last one is no longer valid. Of concurrent calls, the secret of the last one is valid.
     *
     * @param overlap how long the current secret remains valid; zero to 365 days
     * @throws NotFound when there is no such key that the principal manages
     * @throws Conflict when the key is no longer valid
     */
    public NewKey rotate(Principal principal, String id, Duration overlap) {
        AuditedAction action = AuditedAction.of("key.rotate").with("api_key", id);
        return access.audited(principal, action, () -> rotateKey.rotate(find(principal, id), overlap));
    }

    /**
     * Revokes a key permanently; the record of it is kept. Items of its jobs that have not been processed fail. A repetition does nothing.
     *
     * @throws NotFound when there is no such key that the principal manages
     */
    public ApiKey revoke(Principal principal, String id) {
        AuditedAction action = AuditedAction.of("key.revoke").with("api_key", id);
        return access.audited(principal, action, () -> {
            StoredKey revoked = find(principal, id).revoked(clock.instant());
            keys.replace(revoked);
            return revoked.key();
        });
    }

    /** Finds a key without writing to the audit log, which the callers do. */
    private StoredKey find(Principal principal, String id) {
        access.permissions().check(principal, Action.ADMIN);
        return keys.find(id).filter(stored -> manages(principal, stored.key())).orElseThrow(() -> NotFound.apiKey(id));
    }

    private boolean manages(Principal principal, ApiKey key) {
        return principal.rights().covers(key.rights(), layout);
    }

    private static int after(String id, List<ApiKey> managed) {
        for (int i = 0; i < managed.size(); i++) {
            if (managed.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        throw PageLimit.invalidCursor();
    }

    private static AuditedAction naming(AuditedAction action, ApiKey key) {
        return action.with("api_key", key.id());
    }

    /**
     * A new key with its secret, which is not available later.
     *
     * @param text the whole key, for its holder; not stored
     * @param s3Secret the secret of its S3 key pair; not stored. Empty without a pair
     */
    public record NewKey(ApiKey key, Secret text, Optional<Secret> s3Secret) {

        /** Returns the public part of its S3 key pair, the id of the key; empty without a pair. */
        public Optional<String> s3AccessKeyId() {
            return s3Secret.map(secret -> key.id());
        }
    }
}
