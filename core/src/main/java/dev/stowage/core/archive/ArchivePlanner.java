package dev.stowage.core.archive;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.core.spool.Spool;
import dev.stowage.core.spool.SpoolSpace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Finds the files of archives, and determines the places of their entries. Safe for concurrent use. */
final class ArchivePlanner {

    /** The maximum number of files. More would take a minute to list before the first byte. */
    static final int MAX_FILES = 1_000_000;

    /** The version of the encoding. Archives of the same files have other ETags when it changes. */
    private static final String ENCODING = "stowage-zip-1\n";

    private static final int BUFFER = 64 << 10;

    /** The number of files whose properties are asked for at the same time. */
    private static final int AT_ONCE = 16;

    private final Files files;
    private final SpoolSpace spools;
    private final Executor executor;
    private final int maxFiles;

    ArchivePlanner(Files files, SpoolSpace spools, Executor executor, int maxFiles) {
        this.files = files;
        this.spools = spools;
        this.executor = executor;
        this.maxFiles = maxFiles;
    }

    /** See {@link Archives#open}. */
    ArchivePlan plan(Principal principal, ArchiveSelection selection) {
        Spool spool = spools.create();
        try {
            Draft draft = new Draft(spool, selection.strip());
            for (KeyPrefix prefix : selection.prefixes()) {
                addAll(draft, principal, prefix);
            }
            for (int i = 0; i < selection.keys().size(); i += AT_ONCE) {
                addAll(
                        draft,
                        principal,
                        selection
                                .keys()
                                .subList(
                                        i,
                                        Math.min(i + AT_ONCE, selection.keys().size())));
            }
            if (draft.entries == 0) {
                throw NotFound.files(String.join(
                        "' or '",
                        selection.prefixes().stream().map(KeyPrefix::value).toList()));
            }
            return draft.finish();
        } catch (RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private void addAll(Draft draft, Principal principal, KeyPrefix prefix) {
        Optional<ListQuery> query = Optional.of(ListQuery.of(prefix));
        while (query.isPresent()) {
            ObjectPage page = files.list(principal, query.get());
            page.objects().forEach(draft::add);
            draft.unaddressable += page.unaddressable();
            ListQuery current = query.get();
            query = page.nextToken().map(current::after);
        }
    }

    private void addAll(Draft draft, Principal principal, List<ObjectKey> keys) {
        List<CompletableFuture<Optional<ObjectInfo>>> asked = new ArrayList<>();
        keys.forEach(key -> asked.add(CompletableFuture.supplyAsync(() -> files.stat(principal, key), executor)));
        for (int i = 0; i < asked.size(); i++) {
            ObjectKey key = keys.get(i);
            ObjectInfo info = result(asked.get(i)).orElseThrow(() -> NotFound.file(key.value()));
            draft.add(new ObjectSummary(key, info.size(), info.etag(), info.lastModified()));
        }
    }

    /** The store bounds the wait. */
    private static <T> T result(CompletableFuture<T> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** A plan while files are added. */
    private final class Draft {

        private final Spool spool;
        private final ArchiveEntryNames names;
        private final KeyPrefix strip;
        private final ChecksumAlgorithm.Hasher hasher = ChecksumAlgorithm.SHA256.newHasher();
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private long entries;
        private long offset;
        private long directory;
        private long unaddressable;

        Draft(Spool spool, KeyPrefix strip) {
            this.spool = spool;
            this.strip = strip;
            this.names = new ArchiveEntryNames(strip);
            byte[] options = (ENCODING + strip + "\n").getBytes(StandardCharsets.UTF_8);
            hasher.update(options, 0, options.length);
        }

        void add(ObjectSummary file) {
            if (entries == maxFiles) {
                throw new InvalidInput(
                        ErrorCode.TOO_MANY_KEYS,
                        "An archive has at most " + maxFiles
                                + " files; request parts of it by longer prefixes, or submit a"
                                + " batch job with the operation archive",
                        Map.of("max_files", maxFiles));
            }
            byte[] encoded = PlannedEntries.encode(file);
            hasher.update(encoded, 0, encoded.length);
            if (buffer.remaining() < encoded.length) {
                flush();
            }
            buffer.put(encoded);
            PlannedEntry entry = PlannedEntry.of(
                    entries,
                    names.of(file.key(), file.size()),
                    file.key(),
                    file.size(),
                    file.etag(),
                    file.lastModified(),
                    offset);
            entries++;
            offset = entry.end();
            directory += entry.record().centralRecordSize();
        }

        ArchivePlan finish() {
            flush();
            Etag etag = new Etag(HexFormat.of().formatHex(hasher.finish()));
            return new ArchivePlan(spool, strip, etag, new ZipDirectoryEnd(entries, offset, directory), unaddressable);
        }

        private void flush() {
            spool.append(buffer.flip());
            buffer.clear();
        }
    }
}
