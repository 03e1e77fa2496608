package dev.stowage.core.link;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AccessToken;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Link;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.StoredLink;
import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.LinkRecords;
import dev.stowage.core.port.service.PasswordHash;
import dev.stowage.core.port.service.Principals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Links to files and folders, for people without credentials: for downloads, or for uploads.
 *
 * <p>A principal sees and revokes its own links, and with the action {@link Action#ADMIN} those of others to files that it may access. A
 * link acts with the rights that its owner has at that moment, and with no more than it grants. Creations, revocations and uses are in the
 * audit log. Safe for concurrent use.
 */
public final class Links {

    /** The longest lifetime of a link with an end. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(3650);

    /** How long the record of an ended link is kept. */
    public static final Duration KEPT = Duration.ofDays(30);

    /** How long an interrupted download can be continued. */
    private static final Duration RESUME_PERIOD = Duration.ofDays(1);

    /** The owner of no link; asked for when there is no link, so that each token causes the same work. */
    private static final Optional<String> NO_ONE = Optional.of("nobody");

    private final LinkRecords records;
    private final LinkPasswords admission;
    private final Principals principals;
    private final KeyLayout layout;
    private final Limits limits;
    private final AccessPolicy access;
    private final InstantSource clock;

    public Links(
            LinkRecords records,
            PasswordHash hash,
            Principals principals,
            KeyLayout layout,
            Limits limits,
            AccessPolicy access,
            InstantSource clock) {
        this.records = records;
        this.admission = new LinkPasswords(records, hash, access, clock);
        this.principals = principals;
        this.layout = layout;
        this.limits = limits;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Creates a link. A repetition creates another one. The files need not exist yet.
     *
     * @throws AccessDenied when the principal has not the right that the link grants
     * @throws dev.stowage.core.error.InvalidInput when the limits are not valid, or an upload would not fit the layout
     * @throws dev.stowage.core.error.TooManyOpen when the principal has too many links
     * @throws dev.stowage.core.error.NotSupported when there are no links
     */
    public CreatedLink create(Principal principal, NewLink wanted) {
        AuditedAction action = target(AuditedAction.of("link.create"), wanted.target());
        return access.audited(
                principal,
                action,
                () -> {
                    LinkChecks.check(wanted, layout, limits);
                    check(principal, wanted.target());
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    Link.Limits own = new Link.Limits(
                            wanted.lifetime().map(now::plus),
                            wanted.maxUses(),
                            wanted.maxSize(),
                            wanted.password().isPresent());
                    Link link = new Link(
                            AccessToken.id(),
                            principal.id(),
                            wanted.target(),
                            own,
                            now,
                            Optional.empty(),
                            Link.Uses.NONE);
                    Secret token = AccessToken.random();
                    records.add(
                            new StoredLink(link, AccessToken.digest(token), admission.hash(wanted.password())),
                            limits.max());
                    return new CreatedLink(link, token);
                },
                made -> action.with("link", made.link().id()));
    }

    /**
     * Returns a page of the links that the principal may see, newest first. A page may be short, or empty, although more follow.
     *
     * @param prefix only links to keys and prefixes that begin with it; may be empty
     * @param limit 1 to {@link PageLimit#MAX}
     * @param cursor the id of the last link of the previous page; empty for the first page
     */
    public Page<Link, String> list(Principal principal, String prefix, int limit, Optional<String> cursor) {
        boolean all = isAdmin(principal) || principal.id().isEmpty();
        Page<Link, String> page = records.list(
                all ? Optional.empty() : Optional.of(principal.id()), prefix, PageLimit.check(limit), cursor);
        return new Page<>(
                page.items().stream().filter(link -> sees(principal, link)).toList(), page.next());
    }

    /** Returns a link. @throws NotFound when there is none that the principal may see */
    public Link get(Principal principal, String id) {
        return records.find(id).filter(link -> sees(principal, link)).orElseThrow(() -> NotFound.link(id));
    }

    /**
     * Revokes a link at once and permanently; downloads that have begun may end. A repetition does nothing.
     *
     * @throws NotFound when there is none that the principal may see
     */
    public void revoke(Principal principal, String id) {
        AuditedAction action = AuditedAction.of("link.revoke").with("link", id);
        boolean unused = access.audited(principal, action, () -> {
            Link link = get(principal, id);
            records.revoke(link.id(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
            return true;
        });
    }

    /**
     * Opens a link for somebody who has its token.
     *
     * @throws NotFound when the link has ended, its owner has no right to the files any more, or there never was one; nothing tells which
     * @throws StorageUnavailable when that can't be determined
     */
    public OpenLink open(Secret token) {
        return open(token, false);
    }

    /**
     * Opens a link for somebody who may be continuing an interrupted download: also when all its uses are taken.
     *
     * @throws NotFound as in {@link #open}, or when the uses are taken and no download can be continued
     */
    public OpenLink openAgain(Secret token) {
        return open(token, true);
    }

    private OpenLink open(Secret token, boolean again) {
        Optional<StoredLink> found = records.findByDigest(AccessToken.digest(token));
        Principal owner =
                principals.owner(found.map(stored -> stored.link().owner()).orElse(NO_ONE));
        return found.filter(stored -> limits.max() > 0 && isUsable(stored.link(), again))
                .map(stored -> new OpenLink(stored, bearer(stored.link(), owner)))
                .filter(open -> !open.bearer().rights().scopes().isEmpty()
                        && !open.bearer().rights().actions().isEmpty())
                .orElseThrow(NotFound::endedLink);
    }

    private boolean isUsable(Link link, boolean again) {
        Instant now = clock.instant();
        return switch (link.state(now)) {
            case ACTIVE -> true;
            case USED_UP -> again && records.isInterrupted(link.id(), now);
            case EXPIRED, REVOKED -> false;
        };
    }

    private Principal bearer(Link link, Principal owner) {
        Rights both = link.target().rights().and(owner.rights(), layout);
        return Principal.of("link:" + link.id(), "link " + link.id(), both)
                .until(link.limits().expiresAt());
    }

    /**
     * Returns the bearer of an open link as it changes: with the rights that it has when it is asked for, or had up to two seconds before;
     * without any when the link has ended. For one thread.
     */
    public Supplier<Principal> current(OpenLink open) {
        return new CurrentBearer(() -> bearerNow(open), clock);
    }

    private Principal bearerNow(OpenLink open) {
        Optional<Link> link = records.find(open.link().id()).filter(now -> switch (now.state(clock.instant())) {
            case ACTIVE, USED_UP -> true;
            case EXPIRED, REVOKED -> false;
        });
        return link.map(now -> bearer(now, principals.owner(now.owner())))
                .orElseGet(() -> Principal.of("link:" + open.link().id(), "ended link", Rights.NONE));
    }

    /**
     * Whether a password is that of the link. After {@link LinkRecords#MAX_FAILURES} wrong ones the link takes none for the rest of
     * {@link LinkRecords#ATTEMPT_WINDOW}.
     *
     * @throws dev.stowage.core.error.TooManyAttempts during that time
     * @throws StorageUnavailable when many passwords are being compared
     */
    public boolean admits(OpenLink open, Secret password) {
        return admission.admit(open, password);
    }

    /**
     * Counts a download, and writes it to the audit log. To be called when it is certain that the bytes can be sent, and before the first
     * one. A download that continues an interrupted one is not counted again.
     *
     * @param key of the file; empty for an archive
     * @param offset the first byte that is sent
     * @throws NotFound when the link has ended
     * @throws StorageUnavailable when the audit log is required and can't be written; the use is not counted
     */
    public void download(OpenLink open, Optional<ObjectKey> key, long offset) {
        Link link = open.link();
        Instant now = clock.instant();
        if (offset > 0 && link.limits().maxUses().isPresent() && records.resume(link.id(), file(key), offset, now)) {
            access.recordDone(open.bearer(), used("link.resume", link, key));
        } else {
            use(open, key);
        }
    }

    /**
     * Records that a download ended early, so that it can be continued. Never fails, as there is a failure already.
     *
     * @param key of the file; empty for an archive
     * @param reached the number of bytes from the first one of the file that were sent
     */
    public void interrupted(OpenLink open, Optional<ObjectKey> key, long reached) {
        if (open.link().limits().maxUses().isPresent() && reached > 0) {
            try {
                records.interrupted(
                        open.link().id(), file(key), reached, clock.instant().plus(RESUME_PERIOD));
            } catch (StorageException notNow) {
                // The client can begin again, which is another use.
            }
        }
    }

    /**
     * Counts an upload, stores the file, and writes both to the audit log. If nothing is stored, the use is given back.
     *
     * @param store stores the file
     * @throws NotFound when the link has ended
     */
    public <T> T upload(OpenLink open, ObjectKey key, Supplier<T> store) {
        use(open, Optional.of(key));
        boolean stored = false;
        try {
            T result = store.get();
            stored = true;
            return result;
        } finally {
            if (!stored) {
                records.giveBack(open.link().id());
            }
        }
    }

    private void use(OpenLink open, Optional<ObjectKey> key) {
        Link link = open.link();
        boolean unused = access.audited(open.bearer(), used("link.use", link, key), () -> {
            if (!records.use(link.id(), clock.instant())) {
                throw NotFound.endedLink();
            }
            return true;
        });
    }

    private static AuditedAction used(String operation, Link link, Optional<ObjectKey> key) {
        AuditedAction action = AuditedAction.of(operation).with("link", link.id());
        return key.isPresent() ? action.on(key) : target(action, link.target());
    }

    private static String file(Optional<ObjectKey> key) {
        return key.map(ObjectKey::value).orElse("");
    }

    private boolean sees(Principal principal, Link link) {
        if (principal.owns(link.owner())) {
            return true;
        }
        try {
            check(access.permissions(), principal, link.target());
            return isAdmin(principal);
        } catch (AccessDenied e) {
            return false;
        }
    }

    private static boolean isAdmin(Principal principal) {
        return principal.rights().actions().contains(Action.ADMIN);
    }

    private void check(Principal principal, LinkTarget target) {
        check(access.permissions(), principal, target);
    }

    private static void check(Permissions permissions, Principal principal, LinkTarget target) {
        if (target instanceof LinkTarget.OneFile file) {
            permissions.check(principal, file.action(), file.key());
        } else if (target instanceof LinkTarget.Folder folder) {
            permissions.check(principal, folder.action(), folder.prefix());
        }
    }

    private static AuditedAction target(AuditedAction action, LinkTarget target) {
        return target instanceof LinkTarget.OneFile file
                ? action.on(Optional.of(file.key()))
                : action.with("prefix", target.text());
    }

    /**
     * The limits on links.
     *
     * @param max the number of links of one principal, ended ones included until they are forgotten; 0 if there are no links, and those that
     *     exist do not work
     * @param maxLifetime the longest lifetime; with one, each link has to expire
     */
    public record Limits(int max, Optional<Duration> maxLifetime) {

        /** The limits without any settings. */
        public static final Limits DEFAULT = new Limits(10_000, Optional.empty());

        /** Reads {@code MAX_LINKS} and {@code MAX_LINK_LIFETIME}. */
        public static Limits from(Settings settings) {
            Duration lifetime =
                    settings.duration("MAX_LINK_LIFETIME", Duration.ZERO, Duration.ofMinutes(1), Links.MAX_LIFETIME);
            return new Limits(
                    settings.number("MAX_LINKS", DEFAULT.max(), 0, 1_000_000),
                    lifetime.isZero() ? Optional.empty() : Optional.of(lifetime));
        }
    }

    /**
     * A new link with its token, which is not available later.
     *
     * @param token for the holders of the link; not stored
     */
    public record CreatedLink(Link link, Secret token) {}

    /**
     * A link to be created.
     *
     * @param lifetime more than zero and at most {@link Links#MAX_LIFETIME}; empty for no end
     * @param maxUses at least 1; empty for any number
     * @param maxSize of each uploaded file in bytes, at least 1; empty for the limit of the service. For uploads only
     * @param password 1 to 72 bytes of UTF-8; empty for none
     */
    public record NewLink(
            LinkTarget target,
            Optional<Duration> lifetime,
            OptionalLong maxUses,
            OptionalLong maxSize,
            Optional<Secret> password) {}
}
