package dev.stowage.local;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.Storage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process that writes to a store until it is killed, and prints what it begins and what was acknowledged, a line for each:
 * {@code begin KEY VERSION} or {@code done KEY VERSION}. Version 0 is a deletion. Each thread has its own keys.
 */
final class CrashVictim {

    static final int THREADS = 4;
    static final int KEYS = 5;

    private final Storage storage;
    private final PrintStream out;

    private CrashVictim(Storage storage, PrintStream out) {
        this.storage = storage;
        this.out = out;
    }

    /** Takes the data folder and the first version as arguments. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        CrashVictim victim = new CrashVictim(new DataFolder(Path.of(args[0])).open(), out);
        int firstVersion = Integer.parseInt(args[1]);
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            new Thread(() -> victim.write(thread, firstVersion)).start();
        }
    }

    static ObjectKey key(int thread, int number) {
        return new ObjectKey("thread" + thread + "/key" + number);
    }

    private void write(int thread, int firstVersion) {
        Random random = new Random(31L * firstVersion + thread);
        for (int version = firstVersion; ; version++) {
            ObjectKey key = key(thread, random.nextInt(KEYS));
            int kind = random.nextInt(10);
            int written = kind < 2 ? 0 : version;
            out.println("begin " + key + " " + written);
            if (kind < 2) {
                storage.objects().delete(List.of(key));
            } else if (kind < 4) {
                upload(key, version);
            } else if (kind < 5) {
                ObjectKey scratch = new ObjectKey("scratch/" + thread);
                storage.objects().put(scratch, new VersionedBody(key.value(), version).content(), PutOptions.DEFAULT);
                storage.objects().copy(scratch, key, CopyOptions.DEFAULT);
            } else {
                storage.objects().put(key, new VersionedBody(key.value(), version).content(), PutOptions.DEFAULT);
            }
            out.println("done " + key + " " + written);
        }
    }

    private void upload(ObjectKey key, int version) {
        UploadId upload = storage.uploads().create(key, ObjectAttributes.DEFAULT);
        List<PartTag> parts = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            PartInfo part = storage.uploads()
                    .putPart(
                            key,
                            upload,
                            new PartNumber(number),
                            new VersionedBody(key.value(), version).part(number),
                            List.of());
            parts.add(new PartTag(part.number(), part.etag()));
        }
        storage.uploads().complete(key, upload, parts.subList(0, 3), WriteCondition.NONE);
    }
}
