package dev.stowage.core.archive;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AccessToken;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Permissions;
import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.spool.SpoolSpace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * ZIP files that are created while they are downloaded. Nothing of them is stored, except checksums for downloads that continue later. Safe
 * for concurrent use.
 */
public final class Archives {

    /** How long the URL of a shared archive is valid. */
    public static final Duration SHARED_FOR = Duration.ofHours(1);

    private final Archive.Resources resources;
    private final ArchivePlanner planner;
    private final Principals principals;
    private final AccessPolicy access;

    /** What archives are made of. */
    public record Parts(
            Files files,
            ObjectStore store,
            ArchiveRecords records,
            SpoolSpace spools,
            Principals principals,
            Executor executor) {}

    /** An archive with the name of the file that a browser saves. Closing it closes the archive. */
    public record Named(String name, Archive archive) implements AutoCloseable {
        @Override
        public void close() {
            archive.close();
        }
    }

    public Archives(Parts parts, AccessPolicy access, InstantSource clock) {
        this.resources = new Archive.Resources(parts.files(), parts.store(), parts.records(), parts.spools(), clock);
        this.planner = new ArchivePlanner(parts.files(), parts.spools(), parts.executor(), ArchivePlanner.MAX_FILES);
        this.principals = parts.principals();
        this.access = access;
    }

    /**
     * Finds the files of an archive and fixes its bytes. The caller closes it. Lists the files, which takes a few milliseconds for each
     * thousand of them, or longer, depending on the store.
     *
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to read all of them
     * @throws NotFound when one of the keys has no file, or there are no files at all
     * @throws dev.stowage.core.error.InvalidInput when there are more than a million
     * @throws dev.stowage.core.error.StorageUnavailable when there is no disk space for the list
     */
    public Archive open(Principal principal, ArchiveSelection selection) {
        return open(() -> principal, selection);
    }

    /**
     * Like {@link #open(Principal, ArchiveSelection)}, with the rights that a principal has at the moment when each file is read.
     *
     * @param principal returns it with its rights at that moment
     */
    public Archive open(Supplier<Principal> principal, ArchiveSelection selection) {
        return new Archive(resources, principal, planner.plan(principal.get(), selection));
    }

    /**
     * Fixes an archive like {@link #open}, for everybody who has the token. A repetition returns another token.
     *
     * @param name of the file that a browser saves
     * @return the token, valid for {@link #SHARED_FOR}
     * @throws dev.stowage.core.error.TooManyOpen when the principal has shared too many archives in the last hour
     */
    public Secret share(Principal principal, ArchiveSelection selection, String name) {
        return access.audited(principal, action(selection), () -> {
            check(principal, selection);
            Secret token = AccessToken.random();
            try (Archive archive = open(principal, selection)) {
                Instant now = resources.clock().instant().truncatedTo(ChronoUnit.MILLIS);
                resources
                        .records()
                        .share(
                                new ArchiveRecords.SharedArchive(
                                        AccessToken.digest(token),
                                        principal.id(),
                                        selection,
                                        name,
                                        archive.etag(),
                                        now.plus(SHARED_FOR)),
                                now);
            }
            return token;
        });
    }

    /** Before the files are asked for, whose methods would write a refusal to the audit log again. */
    private void check(Principal principal, ArchiveSelection selection) {
        Permissions permissions = access.permissions();
        selection.prefixes().forEach(prefix -> permissions.check(principal, Action.READ, prefix));
        selection.keys().forEach(key -> permissions.check(principal, Action.READ, key));
    }

    private static AuditedAction action(ArchiveSelection selection) {
        List<KeyPrefix> prefixes = selection.prefixes();
        List<ObjectKey> keys = selection.keys();
        AuditedAction action = AuditedAction.of("archive.share");
        if (prefixes.isEmpty() && keys.size() == 1) {
            return action.on(Optional.of(keys.get(0)));
        }
        return prefixes.size() == 1 && keys.isEmpty()
                ? action.with("prefix", prefixes.get(0))
                : action.with("prefixes", prefixes.size()).with("keys", keys.size());
    }

    /**
     * Opens a shared archive. The rights are those that its owner has at the moment when each file is read. The caller closes it.
     *
     * @throws NotFound when the token is not valid, or not any more
     * @throws Conflict when a file was added, replaced or deleted since the archive was shared
     * @throws dev.stowage.core.error.AccessDenied when its owner has no right to read the files any more
     */
    public Named open(Secret token) {
        ArchiveRecords.SharedArchive shared = resources
                .records()
                .find(AccessToken.digest(token), resources.clock().instant())
                .orElseThrow(NotFound::archive);
        Archive archive = open(shared);
        if (!archive.etag().equals(shared.etag())) {
            archive.close();
            throw changed();
        }
        return new Named(shared.name(), archive);
    }

    private Archive open(ArchiveRecords.SharedArchive shared) {
        try {
            return open(() -> principals.owner(shared.owner()), shared.selection());
        } catch (NotFound deleted) {
            throw changed();
        }
    }

    private static Conflict changed() {
        return new Conflict("Files were added, replaced or deleted since the archive was requested; request it again");
    }
}
