package dev.stowage.app.doctor;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;

/** The objects of one run, under a prefix of their own that listings of the service do not show. */
final class TrialFiles {

    /** Bounds the work on a store whose listing never ends. */
    private static final int MAX_PAGES = 100;

    private static final String ALL_RUNS = ".stowage/doctor/";

    /** A run takes minutes. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final ObjectStore objects;
    private final MultipartStore uploads;
    private final String prefix = ALL_RUNS + UUID.randomUUID() + "/";

    TrialFiles(Storage storage) {
        objects = storage.objects();
        uploads = storage.uploads();
    }

    KeyPrefix prefix() {
        return new KeyPrefix(prefix);
    }

    ObjectKey key(String name) {
        return new ObjectKey(prefix + name);
    }

    /** Different bytes for different seeds. */
    static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    ObjectInfo put(String name, byte[] bytes) {
        return objects.put(key(name), Content.of(bytes), PutOptions.DEFAULT).info();
    }

    /** @throws TrialFailed when the object has other bytes */
    void expect(String name, byte[] bytes) throws IOException {
        byte[] read = objects.read(key(name), ReadOptions.ALL, (info, span, body) -> body.readAllBytes());
        TrialFailed.unless(
                Arrays.equals(read, bytes),
                "other bytes were read than were written (" + read.length + " of " + bytes.length + ")");
    }

    /** @throws TrialFailed when there is an object */
    void expectNone(String name) {
        TrialFailed.unless(objects.stat(key(name)).isEmpty(), "the object " + name + " exists");
    }

    /** The names of all objects. */
    List<String> list(ListQuery query) {
        return page(query).stream()
                .map(object -> object.key().value().substring(prefix.length()))
                .toList();
    }

    /**
     * Deletes everything, and aborts what is open.
     *
     * @return how many objects and uploads are left
     */
    int clear() {
        int unused = clear(prefix(), since -> true);
        return page(ListQuery.of(prefix())).size() + openUploads().size();
    }

    /**
     * Deletes what runs have left that were killed, and aborts their uploads. Their age is that by the clock of the store, because the
     * clocks of other machines that run this command may differ.
     *
     * @return how many objects and uploads there were
     */
    int clearAbandoned() {
        Instant limit = put("now", new byte[0]).lastModified().minus(ABANDONED);
        return clear(new KeyPrefix(ALL_RUNS), since -> since.isBefore(limit));
    }

    private int clear(KeyPrefix below, Predicate<Instant> wanted) {
        int cleared = 0;
        for (UploadInfo upload :
                uploads.listUploads(below, ListQuery.MAX_KEYS, Optional.empty()).items()) {
            if (wanted.test(upload.initiated())) {
                uploads.abort(upload.key(), upload.id());
                cleared++;
            }
        }
        ListQuery query = ListQuery.of(below);
        for (int i = 0; i < MAX_PAGES; i++) {
            ObjectPage page = objects.list(query);
            List<ObjectKey> keys = page.objects().stream()
                    .filter(object -> wanted.test(object.lastModified()))
                    .map(ObjectSummary::key)
                    .toList();
            cleared += keys.isEmpty() ? 0 : objects.remove(keys).size();
            if (page.nextToken().isEmpty()) {
                break;
            }
            query = query.after(page.nextToken().get());
        }
        return cleared;
    }

    private List<UploadInfo> openUploads() {
        return uploads.listUploads(prefix(), 1000, Optional.empty()).items();
    }

    private List<ObjectSummary> page(ListQuery query) {
        return objects.list(query).objects();
    }
}
