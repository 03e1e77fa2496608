package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.core.port.records.ChecksumBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every record of archives. */
public abstract class ArchiveRecordsContract {

    private static final Instant NOW = Instant.parse("2025-11-30T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final Etag ETAG = new Etag("e1");

    private ArchiveRecords records = new InMemoryArchives();

    /** Opens an empty record. */
    protected abstract ArchiveRecords open();

    /** Closes the record and opens it again. */
    protected abstract ArchiveRecords reopen();

    @BeforeEach
    final void openRecord() {
        records = open();
    }

    @Test
    void share_storesAllFields_untilItExpires() {
        ArchiveRecords.SharedArchive full = new ArchiveRecords.SharedArchive(
                "d1",
                Optional.of("key:a"),
                new ArchiveSelection(
                        List.of(new KeyPrefix("raw/ü =x/"), new KeyPrefix("processed/")),
                        List.of(new ObjectKey("raw/p/ a\u2028b"), new ObjectKey("raw/p/b")),
                        new KeyPrefix("raw/")),
                "ü\".zip",
                ETAG,
                LATER);
        ArchiveRecords.SharedArchive all = new ArchiveRecords.SharedArchive(
                "d2", Optional.empty(), ArchiveSelection.of(KeyPrefix.ALL, KeyPrefix.ALL), "all.zip", ETAG, LATER);

        records.share(full, NOW);
        records.share(all, NOW);

        assertThat(reopen().find("d1", NOW)).contains(full);
        assertThat(records.find("d2", NOW)).contains(all);
        assertThat(records.find("d1", LATER)).isEmpty();
        assertThat(records.find("d3", NOW)).isEmpty();
    }

    @Test
    void share_ofTooManyBySameOwner_isRefused() {
        for (int i = 0; i < ArchiveRecords.MAX_SHARED; i++) {
            records.share(shared("d" + i, "key:a"), NOW);
        }

        assertThatThrownBy(() -> records.share(shared("one more", "key:a"), NOW))
                .isInstanceOf(TooManyOpen.class);
        records.share(shared("other", "key:b"), NOW);
        records.share(shared("after an hour", "key:a"), LATER);
    }

    @Test
    void checksums_areAddedToThoseOnRecord() {
        ChecksumBlock first = ChecksumBlock.unknown();
        first.set(0, 0xFFFF_FFFFL);
        ChecksumBlock second = ChecksumBlock.unknown();
        second.set(ChecksumBlock.SIZE - 1, 0);

        records.remember(ETAG, 7, first, LATER);
        records.remember(ETAG, 7, second, LATER);

        ChecksumBlock found = reopen().checksums(ETAG, 7).orElseThrow();
        assertThat(found.get(0)).hasValue(0xFFFF_FFFFL);
        assertThat(found.get(1)).isEmpty();
        assertThat(found.get(ChecksumBlock.SIZE - 1)).hasValue(0);
        assertThat(records.checksums(ETAG, 6)).isEmpty();
        assertThat(records.checksums(new Etag("e2"), 7)).isEmpty();
    }

    @Test
    void progress_isThatOfTheLastCall() {
        records.remember(ETAG, 3, new ArchiveRecords.EntryProgress(5L << 30, 0xFFFF_FFFFL), LATER);
        records.remember(ETAG, 3, new ArchiveRecords.EntryProgress(6L << 30, 7), LATER);

        assertThat(reopen().progress(ETAG, 3)).contains(new ArchiveRecords.EntryProgress(6L << 30, 7));
        assertThat(records.progress(ETAG, 2)).isEmpty();
        assertThat(records.progress(new Etag("e2"), 3)).isEmpty();
    }

    @Test
    void prune_forgetsWhatHasExpired() {
        ChecksumBlock block = ChecksumBlock.unknown();
        block.set(0, 1);
        records.share(shared("d1", "key:a"), NOW);
        records.remember(ETAG, 1, block, NOW.plusSeconds(1));
        records.remember(ETAG, 2, block, LATER);
        records.remember(ETAG, 1, new ArchiveRecords.EntryProgress(1, 1), NOW.plusSeconds(1));
        records.remember(ETAG, 2, new ArchiveRecords.EntryProgress(1, 1), LATER);

        assertThat(records.prune(NOW.plusSeconds(1))).isFalse();

        assertThat(records.find("d1", NOW)).isPresent();
        assertThat(records.checksums(ETAG, 1)).isEmpty();
        assertThat(records.checksums(ETAG, 2)).isPresent();
        assertThat(records.progress(ETAG, 1)).isEmpty();
        assertThat(records.progress(ETAG, 2)).isPresent();
    }

    private static ArchiveRecords.SharedArchive shared(String digest, String owner) {
        return new ArchiveRecords.SharedArchive(
                digest,
                Optional.of(owner),
                ArchiveSelection.of(KeyPrefix.ALL, KeyPrefix.ALL),
                "all.zip",
                ETAG,
                digest.startsWith("after") ? LATER.plusSeconds(1) : LATER);
    }
}
