package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Link;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.access.StoredLink;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.LinkRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of links. */
public abstract class LinkRecordsContract {

    private static final int MAX = 10;
    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");
    private static final Link.Limits NO_LIMITS =
            new Link.Limits(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), false);

    private LinkRecords links = new InMemoryLinks();

    /** Opens an empty record. */
    protected abstract LinkRecords open();

    /** Opens the same record once more, as another process does. */
    protected abstract LinkRecords reopen();

    @BeforeEach
    final void openRecord() {
        links = open();
    }

    @Test
    void add_storesAllFields() {
        Link upload = new Link(
                "aaaaaaaaaaaa",
                Optional.of("key:a"),
                new LinkTarget.Folder(Action.WRITE, new KeyPrefix("raw/ü p/")),
                new Link.Limits(Optional.of(NOW.plusSeconds(60)), OptionalLong.of(3), OptionalLong.of(5L << 30), true),
                NOW,
                Optional.empty(),
                Link.Uses.NONE);
        StoredLink stored = new StoredLink(upload, "d1", Optional.of(new Secret("hash")));
        StoredLink plain = stored(link("bbbbbbbbbbbb", NOW, NO_LIMITS));

        links.add(stored, MAX);
        links.add(plain, MAX);

        assertThat(reopen().findByDigest("d1")).contains(stored);
        assertThat(links.find("aaaaaaaaaaaa")).contains(upload);
        assertThat(links.findByDigest(plain.digest())).contains(plain);
        assertThat(links.find("cccccccccccc")).isEmpty();
        assertThat(links.findByDigest("d2")).isEmpty();
    }

    @Test
    void add_isRefused_whenTheOwnerHasTooMany() {
        links.add(stored(link("aaaaaaaaaaaa", NOW, NO_LIMITS)), 2);
        links.add(stored(link("bbbbbbbbbbbb", NOW, NO_LIMITS)), 2);

        assertThatThrownBy(() -> links.add(stored(link("cccccccccccc", NOW, NO_LIMITS)), 2))
                .isInstanceOf(TooManyOpen.class);
        assertThat(links.find("cccccccccccc")).isEmpty();
    }

    @Test
    void list_isNewestFirst_inPages() {
        for (int i = 0; i < 5; i++) {
            links.add(stored(link("aaaaaaaaaaa" + (char) ('a' + i), NOW.plusSeconds(i / 2), NO_LIMITS)), MAX);
        }
        links.add(
                stored(new Link(
                        "zzzzzzzzzzzz",
                        Optional.of("key:b"),
                        new LinkTarget.OneFile(Action.READ, new ObjectKey("raw/ü/1")),
                        NO_LIMITS,
                        NOW,
                        Optional.empty(),
                        Link.Uses.NONE)),
                MAX);

        List<String> ids = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<Link, String> page = links.list(Optional.of(Optional.empty()), "", 2, after);
            page.items().forEach(link -> ids.add(link.id()));
            after = page.next();
        } while (after.isPresent());

        assertThat(ids).containsExactly("aaaaaaaaaaae", "aaaaaaaaaaad", "aaaaaaaaaaac", "aaaaaaaaaaab", "aaaaaaaaaaaa");
        assertThat(links.list(Optional.empty(), "raw/ü", 10, Optional.empty()).items())
                .extracting(Link::id)
                .containsExactly("zzzzzzzzzzzz");
        assertThat(links.list(Optional.empty(), "", 10, Optional.empty()).items())
                .hasSize(6);
        assertThatThrownBy(() -> links.list(Optional.empty(), "", 10, Optional.of("none")))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void use_isCountedAsOftenAsPermitted_whateverTheNumberOfClients() throws Exception {
        links.add(
                stored(link(
                        "aaaaaaaaaaaa",
                        NOW,
                        new Link.Limits(Optional.empty(), OptionalLong.of(10), OptionalLong.empty(), false))),
                MAX);
        List<LinkRecords> members = List.of(links, reopen());
        ExecutorService clients = Executors.newFixedThreadPool(8);
        int counted = 0;
        try {
            List<Callable<Boolean>> uses = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                LinkRecords member = members.get(i % 2);
                uses.add(() -> member.use("aaaaaaaaaaaa", NOW));
            }
            for (Future<Boolean> use : clients.invokeAll(uses, 60, TimeUnit.SECONDS)) {
                counted += use.get() ? 1 : 0;
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(counted).isEqualTo(10);
        assertThat(links.find("aaaaaaaaaaaa").orElseThrow().uses()).isEqualTo(new Link.Uses(10, Optional.of(NOW)));
    }

    @Test
    void use_ofAnEndedLink_isNotCounted() {
        Instant end = NOW.plusSeconds(60);
        links.add(
                stored(link(
                        "aaaaaaaaaaaa",
                        NOW,
                        new Link.Limits(Optional.of(end), OptionalLong.empty(), OptionalLong.empty(), false))),
                MAX);
        links.add(stored(link("bbbbbbbbbbbb", NOW, NO_LIMITS)), MAX);

        assertThat(links.use("aaaaaaaaaaaa", NOW)).isTrue();
        assertThat(links.use("aaaaaaaaaaaa", end)).isFalse();
        links.revoke("bbbbbbbbbbbb", NOW);
        links.revoke("bbbbbbbbbbbb", NOW.plusSeconds(1));
        assertThat(links.use("bbbbbbbbbbbb", NOW)).isFalse();
        assertThat(reopen().find("bbbbbbbbbbbb").orElseThrow().revokedAt()).contains(NOW);
        assertThat(links.use("none", NOW)).isFalse();
    }

    @Test
    void giveBack_permitsAnotherUse() {
        links.add(
                stored(link(
                        "aaaaaaaaaaaa",
                        NOW,
                        new Link.Limits(Optional.empty(), OptionalLong.of(1), OptionalLong.empty(), false))),
                MAX);
        assertThat(links.use("aaaaaaaaaaaa", NOW)).isTrue();
        assertThat(links.use("aaaaaaaaaaaa", NOW)).isFalse();

        links.giveBack("aaaaaaaaaaaa");
        links.giveBack("none");

        assertThat(links.use("aaaaaaaaaaaa", NOW)).isTrue();
        assertThat(links.use("aaaaaaaaaaaa", NOW)).isFalse();
    }

    @Test
    void attempts_areRefusedAfterTooMany_untilTheWindowEnds() {
        links.add(stored(link("aaaaaaaaaaaa", NOW, NO_LIMITS)), MAX);
        Instant later = NOW.plusSeconds(60);
        Instant end = NOW.plus(LinkRecords.ATTEMPT_WINDOW);

        for (int i = 0; i < 2 * LinkRecords.MAX_FAILURES; i++) {
            assertThat(links.attempt("aaaaaaaaaaaa", NOW)).isEmpty();
            links.passed("aaaaaaaaaaaa");
        }
        assertThat(links.attempt("aaaaaaaaaaaa", NOW)).isEmpty();
        for (int i = 1; i < LinkRecords.MAX_FAILURES; i++) {
            assertThat(links.attempt("aaaaaaaaaaaa", later)).isEmpty();
        }

        assertThat(links.attempt("aaaaaaaaaaaa", later)).contains(end);
        assertThat(links.attempt("aaaaaaaaaaaa", end.minusMillis(1))).contains(end);
        assertThat(links.attempt("aaaaaaaaaaaa", end)).isEmpty();
    }

    @Test
    void resume_continuesAnInterruptedDownload_onceAndNearItsEnd() {
        links.add(stored(link("aaaaaaaaaaaa", NOW, NO_LIMITS)), MAX);
        Instant until = NOW.plusSeconds(60);
        long reached = 5 * LinkRecords.MAX_LOST;
        assertThat(links.isInterrupted("aaaaaaaaaaaa", NOW)).isFalse();

        links.interrupted("aaaaaaaaaaaa", "a", reached, until);
        links.interrupted("none", "a", reached, until);

        assertThat(links.isInterrupted("aaaaaaaaaaaa", NOW)).isTrue();
        assertThat(links.isInterrupted("aaaaaaaaaaaa", until)).isFalse();
        assertThat(links.resume("aaaaaaaaaaaa", "b", reached, NOW)).isFalse();
        assertThat(links.resume("none", "a", reached, NOW)).isFalse();
        assertThat(links.resume("aaaaaaaaaaaa", "a", reached + 1, NOW)).isFalse();
        assertThat(links.resume("aaaaaaaaaaaa", "a", reached - LinkRecords.MAX_LOST - 1, NOW))
                .isFalse();
        assertThat(links.resume("aaaaaaaaaaaa", "a", reached, until)).isFalse();
        assertThat(links.resume("aaaaaaaaaaaa", "a", reached - LinkRecords.MAX_LOST, NOW))
                .isTrue();
        assertThat(links.resume("aaaaaaaaaaaa", "a", reached, NOW)).isFalse();
        assertThat(links.resume("aaaaaaaaaaaa", "a", Long.MAX_VALUE, NOW)).isFalse();
    }

    @Test
    void prune_deletesWhatEndedLongAgo() {
        Link.Limits once = new Link.Limits(Optional.empty(), OptionalLong.of(1), OptionalLong.empty(), false);
        Link.Limits brief =
                new Link.Limits(Optional.of(NOW.plusSeconds(1)), OptionalLong.empty(), OptionalLong.empty(), false);
        links.add(stored(link("aaaaaaaaaaaa", NOW, once)), MAX);
        links.add(stored(link("bbbbbbbbbbbb", NOW, brief)), MAX);
        links.add(stored(link("cccccccccccc", NOW, NO_LIMITS)), MAX);
        links.add(stored(link("dddddddddddd", NOW, NO_LIMITS)), MAX);
        assertThat(links.use("aaaaaaaaaaaa", NOW)).isTrue();
        links.revoke("cccccccccccc", NOW);

        assertThat(links.prune(NOW, NOW)).isFalse();
        assertThat(links.list(Optional.empty(), "", 10, Optional.empty()).items())
                .hasSize(4);
        links.interrupted("dddddddddddd", "a", 1, NOW.plusSeconds(2));
        assertThat(links.prune(NOW.plusSeconds(2), NOW.plusSeconds(2))).isFalse();
        assertThat(links.isInterrupted("dddddddddddd", NOW)).isFalse();

        assertThat(links.list(Optional.empty(), "", 10, Optional.empty()).items())
                .extracting(Link::id)
                .containsExactly("dddddddddddd");
    }

    private static Link link(String id, Instant createdAt, Link.Limits limits) {
        return new Link(
                id,
                Optional.empty(),
                new LinkTarget.OneFile(Action.READ, new ObjectKey("raw/p/a")),
                limits,
                createdAt,
                Optional.empty(),
                Link.Uses.NONE);
    }

    private static StoredLink stored(Link link) {
        return new StoredLink(link, "digest of " + link.id(), Optional.empty());
    }
}
