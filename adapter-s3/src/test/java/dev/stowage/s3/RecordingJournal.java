package dev.stowage.s3;

import dev.stowage.core.error.StorageFull;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.UploadJournal;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records each call as a line; is full for keys that end with {@code full}. */
final class RecordingJournal implements UploadJournal {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public Entry open(ObjectKey key, ObjectAttributes attributes, OptionalLong size) {
        lines.add("open " + key + " " + (size.isPresent() ? size.getAsLong() : "?"));
        return new Entry() {
            @Override
            public void begun(UploadId id) {
                if (key.value().endsWith("full")) {
                    throw new StorageFull(new IOException("no room"));
                }
                lines.add("begun");
            }

            @Override
            public void ended(boolean clean) {
                lines.add("ended " + (clean ? "clean" : "unclean"));
            }
        };
    }
}
