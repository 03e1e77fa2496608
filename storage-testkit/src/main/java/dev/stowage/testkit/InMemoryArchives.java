package dev.stowage.testkit;

import dev.stowage.core.error.TooManyOpen;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.ChecksumBlock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records of archives in memory, for tests of what uses them. Safe for concurrent use. */
public final class InMemoryArchives implements ArchiveRecords {

    private final Map<String, ArchiveRecords.SharedArchive> shared = new HashMap<>();
    private final Map<Place, Kept<ChecksumBlock>> blocks = new HashMap<>();
    private final Map<Place, Kept<ArchiveRecords.EntryProgress>> progress = new HashMap<>();

    private record Place(Etag archive, long number) {}

    private record Kept<T>(T value, Instant until) {}

    @Override
    public synchronized void share(ArchiveRecords.SharedArchive archive, Instant now) {
        long open = shared.values().stream()
                .filter(other -> other.owner().equals(archive.owner())
                        && other.expiresAt().isAfter(now))
                .count();
        if (open >= MAX_SHARED) {
            throw TooManyOpen.archives(MAX_SHARED);
        }
        shared.put(archive.digest(), archive);
    }

    @Override
    public synchronized Optional<ArchiveRecords.SharedArchive> find(String digest, Instant now) {
        return Optional.ofNullable(shared.get(digest))
                .filter(archive -> archive.expiresAt().isAfter(now));
    }

    @Override
    public synchronized void remember(Etag archive, long block, ChecksumBlock checksums, Instant until) {
        ChecksumBlock merged = checksums(archive, block).orElseGet(ChecksumBlock::unknown);
        merged.add(checksums);
        blocks.put(new Place(archive, block), new Kept<>(merged, until));
    }

    @Override
    public synchronized Optional<ChecksumBlock> checksums(Etag archive, long block) {
        return Optional.ofNullable(blocks.get(new Place(archive, block)))
                .map(kept -> ChecksumBlock.of(kept.value().bytes()));
    }

    @Override
    public synchronized void remember(Etag archive, long entry, ArchiveRecords.EntryProgress position, Instant until) {
        progress.put(new Place(archive, entry), new Kept<>(position, until));
    }

    @Override
    public synchronized Optional<ArchiveRecords.EntryProgress> progress(Etag archive, long entry) {
        return Optional.ofNullable(progress.get(new Place(archive, entry))).map(Kept::value);
    }

    @Override
    public synchronized boolean prune(Instant now) {
        shared.values().removeIf(archive -> !archive.expiresAt().isAfter(now));
        blocks.values().removeIf(kept -> !kept.until().isAfter(now));
        progress.values().removeIf(kept -> !kept.until().isAfter(now));
        return false;
    }
}
