package dev.stowage.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.records.ArchiveRecords;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.core.port.service.Principals;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.testkit.InMemoryArchives;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchivesTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ArchiveSelection ALL = ArchiveSelection.of(new KeyPrefix("raw/p/"), new KeyPrefix("raw/p/"));
    private static final int LARGE = 300_000;

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final CountedReads store = new CountedReads(new InMemoryStorage().objects());
    private final SpoolSpace spools = SpoolSpace.ofSystem();
    private final Map<String, Principal> owners = new HashMap<>();
    private ArchiveRecords records = new InMemoryArchives();

    @Test
    void archive_isReadByZipPrograms_withAllFiles() throws IOException {
        putFiles();
        byte[] zip = bytes(ALL);

        Path file = folder.resolve("a.zip");
        java.nio.file.Files.write(file, zip);
        try (ZipFile read = new ZipFile(file.toFile())) {
            assertThat(read.size()).isEqualTo(6);
            assertThat(read.getInputStream(read.getEntry("ü/large")).readAllBytes())
                    .isEqualTo(content(LARGE));
            assertThat(read.getEntry("folder/").isDirectory()).isTrue();
        }
        // It reads from the beginning, and needs to recognize the ends of entries.
        try (ZipInputStream read = new ZipInputStream(new ByteArrayInputStream(zip))) {
            int entries = 0;
            for (ZipEntry entry = read.getNextEntry(); entry != null; entry = read.getNextEntry()) {
                assertThat(read.readAllBytes()).isEqualTo(content((int) entry.getSize()));
                entries++;
            }
            assertThat(entries).isEqualTo(6);
        }
    }

    @Test
    void everyRange_isThatOfTheWholeArchive() throws IOException {
        putFiles();
        byte[] zip = bytes(ALL);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            records = new InMemoryArchives();
            int from = random.nextInt(zip.length);
            int to = i % 2 == 0 ? zip.length : from + 1 + random.nextInt(zip.length - from);

            assertThat(bytes(new ByteSpan(from, to - from)))
                    .as("%s to %s", from, to)
                    .isEqualTo(Arrays.copyOfRange(zip, from, to));
        }
    }

    @Test
    void brokenDownload_thatContinues_readsEachByteOnce() throws IOException {
        putFiles();
        byte[] zip = bytes(ALL);
        long read = store.bytes();
        ByteArrayOutputStream received = new ByteArrayOutputStream();

        for (int cut : new int[] {10, 66_000, 70_000, 200_000, 330_000, zip.length - 100, zip.length}) {
            receive(received, cut - received.size());
        }

        assertThat(received.toByteArray()).isEqualTo(zip);
        assertThat(store.bytes()).isEqualTo(2 * read);
    }

    @Test
    void replacedFile_isAConflict_andAnotherArchive() throws IOException {
        putFiles();
        try (Archive archive = archives().open(Principal.ANYONE, ALL)) {
            put("raw/p/ü/large", LARGE - 1);
            assertThatThrownBy(() ->
                            archive.write(ByteSpan.whole(archive.size()), (bytes, length) -> bytes.skipNBytes(length)))
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("raw/p/ü/large");
            assertThat(etag()).isNotEqualTo(archive.etag());
        }
    }

    @Test
    void etag_isThatOfTheSameFiles() throws IOException {
        putFiles();
        Etag first = etag();

        assertThat(etag()).isEqualTo(first);
        store.delete(List.of(new ObjectKey("raw/p/empty")));
        assertThat(etag()).isNotEqualTo(first);
    }

    @Test
    void selection_ofKeysAndPrefixes_hasEachFileOnce() throws IOException {
        putFiles();
        ArchiveSelection selection = new ArchiveSelection(
                List.of(new KeyPrefix("raw/p/ü/"), new KeyPrefix("raw/p/ü/l")),
                List.of(new ObjectKey("raw/p/one"), new ObjectKey("raw/p/one"), new ObjectKey("raw/p/ü/large")),
                KeyPrefix.ALL);

        byte[] zip = bytes(selection);

        Path file = folder.resolve("b.zip");
        java.nio.file.Files.write(file, zip);
        try (ZipFile read = new ZipFile(file.toFile())) {
            assertThat(read.stream().map(ZipEntry::getName))
                    .containsExactly("raw/p/ü/large", "raw/p/ü/next", "raw/p/one");
        }
    }

    @Test
    void nothingToArchive_isNotFound() throws IOException {
        putFiles();

        assertThatThrownBy(() -> bytes(ArchiveSelection.of(new KeyPrefix("raw/none/"), KeyPrefix.ALL)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() ->
                        bytes(new ArchiveSelection(List.of(), List.of(new ObjectKey("raw/p/none")), KeyPrefix.ALL)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void moreFilesThanTheLimit_areRefused() throws IOException {
        putFiles();
        ArchivePlanner planner = new ArchivePlanner(files(), spools, Runnable::run, 5);

        assertThatThrownBy(() -> planner.plan(Principal.ANYONE, ALL)).isInstanceOf(InvalidInput.class);
        assertThat(spools.used()).isZero();
    }

    @Test
    void sharedArchive_actsWithTheRightsOfItsOwner_untilItExpires() throws IOException {
        putFiles();
        Principal owner = reader("key:a");
        owners.put("key:a", owner);
        Archives archives = archives();
        Secret token = archives.share(owner, ALL, "p.zip");

        try (Archives.Named named = archives.open(token)) {
            assertThat(named.name()).isEqualTo("p.zip");
            assertThat(named.archive().etag()).isEqualTo(etag());
        }
        owners.clear();
        assertThatThrownBy(() -> archives.open(token)).isInstanceOf(AccessDenied.class);
        owners.put("key:a", owner);
        clock.advance(Archives.SHARED_FOR);
        assertThatThrownBy(() -> archives.open(token)).isInstanceOf(NotFound.class);
    }

    @Test
    void sharedArchive_isAConflict_onceAFileHasChanged() throws IOException {
        putFiles();
        Archives archives = archives();
        Secret token = archives.share(Principal.ANYONE, ALL, "p.zip");

        put("raw/p/new", 1);

        assertThatThrownBy(() -> archives.open(token)).isInstanceOf(Conflict.class);
        assertThat(spools.used()).isZero();
    }

    @Test
    void sharedArchive_isAConflict_onceANamedFileIsDeleted() throws IOException {
        putFiles();
        ObjectKey key = new ObjectKey("raw/p/empty");
        ArchiveSelection one = new ArchiveSelection(List.of(), List.of(key), KeyPrefix.ALL);
        Archives archives = archives();
        Secret token = archives.share(Principal.ANYONE, one, "p.zip");

        store.delete(List.of(key));

        assertThatThrownBy(() -> archives.open(token)).isInstanceOf(Conflict.class);
        assertThat(spools.used()).isZero();
    }

    @Test
    void share_withoutTheRightToRead_isDenied() throws IOException {
        putFiles();

        assertThatThrownBy(
                        () -> archives().share(reader("key:a"), ArchiveSelection.of(KeyPrefix.ALL, KeyPrefix.ALL), "n"))
                .isInstanceOf(AccessDenied.class);
    }

    /** Receives some bytes, and then breaks off. */
    private void receive(ByteArrayOutputStream received, int step) throws IOException {
        try (Archive archive = archives().open(Principal.ANYONE, ALL)) {
            int start = received.size();
            archive.write(new ByteSpan(start, archive.size() - start), (bytes, length) -> {
                int left = step - (received.size() - start);
                received.write(bytes.readNBytes((int) Math.min(length, left)));
                if (left < length) {
                    throw new IOException("gone");
                }
            });
        } catch (IOException gone) {
            assertThat(gone).hasMessage("gone");
        }
    }

    private void putFiles() {
        put("raw/p/empty", 0);
        put("raw/p/folder/", 0);
        put("raw/p/one", 1);
        put("raw/p/block", 65_531);
        put("raw/p/ü/large", LARGE);
        put("raw/p/ü/next", 65_532);
    }

    private void put(String key, int size) {
        store.put(new ObjectKey(key), Content.of(content(size)), PutOptions.DEFAULT);
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    private Principal reader(String id) {
        return Principal.of(
                id, "reader", new Rights(Set.of(new Scope.Under(new KeyPrefix("raw/p/"))), Set.of(Action.READ)));
    }

    private Etag etag() {
        try (Archive archive = archives().open(Principal.ANYONE, ALL)) {
            return archive.etag();
        }
    }

    private byte[] bytes(ByteSpan span) throws IOException {
        try (Archive archive = archives().open(Principal.ANYONE, ALL)) {
            return bytes(archive, span);
        }
    }

    private byte[] bytes(ArchiveSelection selection) throws IOException {
        try (Archive archive = archives().open(Principal.ANYONE, selection)) {
            byte[] zip = bytes(archive, ByteSpan.whole(archive.size()));
            assertThat(zip).hasSize((int) archive.size());
            return zip;
        }
    }

    private static byte[] bytes(Archive archive, ByteSpan span) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        archive.write(span, (bytes, length) -> out.write(bytes.readNBytes((int) length)));
        return out.toByteArray();
    }

    private Files files() {
        return new Files(store, Optional.empty(), LAYOUT, POLICY, Long.MAX_VALUE);
    }

    private Archives archives() {
        Principals principals = id -> Optional.ofNullable(owners.get(id));
        return new Archives(
                new Archives.Parts(files(), store, records, spools, principals, Runnable::run), POLICY, clock);
    }
}
