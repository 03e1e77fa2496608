package dev.stowage.app.doctor;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Multipart uploads, and many uploads at once. */
final class UploadTrials {

    private static final int UPLOADS = 64;
    private static final byte[] MIB = TrialFiles.bytes(1 << 20, 5);
    private static final long SECONDS = 120;

    /** Larger parts are not tried, because they are held in memory. */
    private static final long LARGEST_PART = 32L << 20;

    private final MultipartStore uploads;
    private final TrialFiles files;

    UploadTrials(Storage storage, TrialFiles files) {
        uploads = storage.uploads();
        this.files = files;
    }

    void run(TrialRun trials) {
        trials.required("multipart upload", this::multipart);
        trials.required("abort of an upload", this::abort);
        trials.required(UPLOADS + " uploads at once", this::many);
    }

    private String multipart() throws IOException {
        long size = Math.max(1, uploads.limits().minSize());
        TrialFailed.unless(
                size <= LARGEST_PART, "parts have at least " + size + " bytes, which is more than this command tries");
        byte[] first = TrialFiles.bytes((int) size, 6);
        byte[] last = TrialFiles.bytes(1000, 7);
        ObjectKey key = files.key("parts");
        UploadId upload = uploads.create(key, ObjectAttributes.DEFAULT);
        PartInfo two = put(key, upload, 2, last);
        PartInfo one = put(key, upload, 1, first);
        List<PartInfo> listed =
                uploads.listParts(key, upload, 1000, Optional.empty()).items();
        TrialFailed.unless(listed.size() == 2, "it lists " + listed.size() + " parts of 2");
        files.expectNone("parts");
        ObjectInfo info = uploads.complete(key, upload, List.of(tag(one), tag(two)), WriteCondition.NONE);
        TrialFailed.unless(info.size() == size + last.length, "the object has " + info.size() + " bytes");
        files.expect(
                "parts",
                ByteBuffer.allocate(first.length + last.length)
                        .put(first)
                        .put(last)
                        .array());
        return "parts of " + uploads.limits().minSize() + " to "
                + uploads.limits().maxSize() + " bytes";
    }

    private PartInfo put(ObjectKey key, UploadId upload, int number, byte[] bytes) {
        return uploads.putPart(key, upload, new PartNumber(number), Content.of(bytes), List.of());
    }

    private static PartTag tag(PartInfo part) {
        return new PartTag(part.number(), part.etag());
    }

    private String abort() {
        ObjectKey key = files.key("aborted");
        UploadId upload = uploads.create(key, ObjectAttributes.DEFAULT);
        put(key, upload, 1, MIB);
        boolean listed = uploads.listUploads(files.prefix(), 1000, Optional.empty()).items().stream()
                .anyMatch(open -> open.id().equals(upload));
        TrialFailed.unless(listed, "the open upload is not listed");
        uploads.abort(key, upload);
        try {
            put(key, upload, 2, MIB);
        } catch (NotFound expected) {
            return "and open uploads are listed";
        }
        throw new TrialFailed("the aborted upload accepts a part");
    }

    private String many() throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(UPLOADS);
        long began = System.nanoTime();
        try {
            List<Future<ObjectInfo>> all = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                String name = "many/" + i;
                all.add(threads.submit(() -> files.put(name, MIB)));
            }
            for (Future<ObjectInfo> one : all) {
                await(one);
            }
        } finally {
            threads.shutdownNow();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        files.expect("many/0", MIB);
        files.expect("many/" + (UPLOADS - 1), MIB);
        return "of 1 MiB each, %.0f MiB/s together".formatted(UPLOADS / seconds);
    }

    private static void await(Future<ObjectInfo> upload) throws InterruptedException {
        try {
            ObjectInfo unused = upload.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new TrialFailed("one of them failed: "
                    + Objects.requireNonNullElse(e.getCause(), e).getMessage());
        } catch (TimeoutException e) {
            throw new TrialFailed("they did not end within " + SECONDS + " s");
        }
    }
}
