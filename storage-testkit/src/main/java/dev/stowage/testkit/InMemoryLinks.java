package dev.stowage.testkit;

import dev.stowage.core.access.Link;
import dev.stowage.core.access.StoredLink;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.LinkRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links in memory, for tests of what uses them. Safe for concurrent use. */
public final class InMemoryLinks implements LinkRecords {

    private static final Comparator<Link> NEWEST_FIRST =
            Comparator.comparing(Link::createdAt).thenComparing(Link::id).reversed();

    private final Map<String, StoredLink> links = new HashMap<>();
    private final Map<String, Attempts> attempts = new HashMap<>();

    private final List<Interruption> interruptions = new ArrayList<>();

    private record Attempts(int failures, Instant since) {
        static final Attempts NONE = new Attempts(0, Instant.EPOCH);
    }

    private record Interruption(String id, String file, long reached, Instant until) {}

    @Override
    public synchronized void add(StoredLink link, int max) {
        long own = links.values().stream()
                .filter(other -> other.link().owner().equals(link.link().owner()))
                .count();
        if (own >= max) {
            throw TooManyOpen.links(max);
        }
        links.put(link.link().id(), link);
    }

    @Override
    public synchronized Optional<Link> find(String id) {
        return Optional.ofNullable(links.get(id)).map(StoredLink::link);
    }

    @Override
    public synchronized Optional<StoredLink> findByDigest(String digest) {
        return links.values().stream()
                .filter(link -> link.digest().equals(digest))
                .findFirst();
    }

    @Override
    public synchronized Page<Link, String> list(
            Optional<Optional<String>> owner, String prefix, int limit, Optional<String> after) {
        Optional<Link> last = after.map(id -> find(id).orElseThrow(PageLimit::invalidCursor));
        List<Link> found = links.values().stream()
                .map(StoredLink::link)
                .filter(link -> owner.isEmpty() || owner.get().equals(link.owner()))
                .filter(link -> link.target().text().startsWith(prefix))
                .filter(link -> last.isEmpty() || NEWEST_FIRST.compare(link, last.get()) > 0)
                .sorted(NEWEST_FIRST)
                .toList();
        return Page.first(found, limit, Link::id);
    }

    @Override
    public synchronized boolean use(String id, Instant now) {
        StoredLink stored = links.get(id);
        if (stored == null || !stored.link().isUsable(now)) {
            return false;
        }
        Link link = stored.link();
        replace(stored, link.revokedAt(), new Link.Uses(link.uses().count() + 1, Optional.of(now)));
        return true;
    }

    @Override
    public synchronized void revoke(String id, Instant now) {
        StoredLink stored = links.get(id);
        if (stored != null && stored.link().revokedAt().isEmpty()) {
            replace(stored, Optional.of(now), stored.link().uses());
        }
    }

    @Override
    public synchronized void giveBack(String id) {
        StoredLink stored = links.get(id);
        if (stored != null) {
            Link.Uses uses = stored.link().uses();
            replace(stored, stored.link().revokedAt(), new Link.Uses(uses.count() - 1, uses.last()));
        }
    }

    @Override
    public synchronized Optional<Instant> attempt(String id, Instant now) {
        Attempts before = attempts.getOrDefault(id, Attempts.NONE);
        if (!before.since().isAfter(now.minus(ATTEMPT_WINDOW))) {
            attempts.put(id, new Attempts(1, now));
            return Optional.empty();
        }
        if (before.failures() >= MAX_FAILURES) {
            return Optional.of(before.since().plus(ATTEMPT_WINDOW));
        }
        attempts.put(id, new Attempts(before.failures() + 1, before.since()));
        return Optional.empty();
    }

    @Override
    public synchronized void passed(String id) {
        attempts.computeIfPresent(id, (same, before) -> new Attempts(before.failures() - 1, before.since()));
    }

    @Override
    public synchronized void interrupted(String id, String file, long reached, Instant until) {
        long own = interruptions.stream().filter(one -> one.id().equals(id)).count();
        if (links.containsKey(id) && own < MAX_INTERRUPTED) {
            interruptions.add(new Interruption(id, file, reached, until));
        }
    }

    @Override
    public synchronized boolean isInterrupted(String id, Instant now) {
        return interruptions.stream()
                .anyMatch(one -> one.id().equals(id) && one.until().isAfter(now));
    }

    @Override
    public synchronized boolean resume(String id, String file, long offset, Instant now) {
        Optional<Interruption> found = interruptions.stream()
                .filter(one -> one.id().equals(id)
                        && one.file().equals(file)
                        && one.until().isAfter(now)
                        && offset <= one.reached()
                        && one.reached() - offset <= MAX_LOST)
                .findFirst();
        return found.isPresent() && interruptions.remove(found.get());
    }

    @Override
    public synchronized boolean prune(Instant endedBefore, Instant now) {
        links.values().removeIf(stored -> hasEnded(stored.link(), endedBefore));
        interruptions.removeIf(one -> !one.until().isAfter(now));
        return false;
    }

    private static boolean hasEnded(Link link, Instant before) {
        Optional<Instant> end = switch (link.state(before)) {
            case REVOKED -> link.revokedAt();
            case EXPIRED -> link.limits().expiresAt();
            case USED_UP -> link.uses().last();
            case ACTIVE -> Optional.empty();
        };
        return link.state(before) != Link.State.ACTIVE
                && end.filter(time -> time.isBefore(before)).isPresent();
    }

    private void replace(StoredLink stored, Optional<Instant> revokedAt, Link.Uses uses) {
        Link link = stored.link();
        Link next = new Link(link.id(), link.owner(), link.target(), link.limits(), link.createdAt(), revokedAt, uses);
        links.put(link.id(), new StoredLink(next, stored.digest(), stored.password()));
    }
}
