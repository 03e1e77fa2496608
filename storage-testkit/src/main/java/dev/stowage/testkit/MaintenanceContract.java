package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.ReadOptions;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Maintenance deletes nothing that is stored or being written. */
interface MaintenanceContract extends MultipartFixture {

    @Test
    default void sweep_keepsObjectsCopiesAndParts() throws IOException {
        ObjectKey key = key("open");
        put(key("stored"), Bodies.pattern(100_000, 1));
        put(key("source"), Bodies.pattern(100_000, 2));
        store().copy(key("source"), key("copy"), CopyOptions.DEFAULT);
        store().delete(List.of(key("source")));
        UploadId upload = create(key);
        List<PartTag> parts = List.of(putPart(key, upload, 1, partSize()), putPart(key, upload, 2, 100));

        maintenance().sweep();

        verify(key("stored"), 100_000, 1);
        verify(key("copy"), 100_000, 2);
        complete(key, upload, parts);
        maintenance().sweep();
        verifyParts(key, 1, partSize(), 2, 100);
    }

    @Test
    default void sweep_repeated_findsNothingMore() {
        long before = leftovers();
        put(key("replaced"), Bodies.pattern(100_000, 1));
        put(key("replaced"), Bodies.pattern(100_000, 2));

        maintenance().sweep();

        assertThat(maintenance().sweep()).isEqualTo(new Maintenance.Freed(0, 0));
        assertThat(leftovers()).isLessThanOrEqualTo(before);
    }

    @Test
    default void sweep_whileBodiesAreReceived_keepsThem() throws IOException {
        List<Long> sizes = new ArrayList<>(List.of(100_000L, 3_000_000L));
        thresholds().forEach(threshold -> sizes.add(threshold + 1));
        for (long size : sizes) {
            put(key("known"), new Sweeping(maintenance(), Bodies.pattern(size, 1)));
            put(key("unknown"), new Sweeping(maintenance(), Bodies.ofUnknownLength(size, 2)));
            UploadId upload = create(key("part"));
            long partSize = Math.min(size, uploads().limits().maxSize());
            PartTag part = putPart(key("part"), upload, 1, new Sweeping(maintenance(), Bodies.pattern(partSize, 3)));
            complete(key("part"), upload, List.of(part));

            verify(key("known"), size, 1);
            verify(key("unknown"), size, 2);
            verify(key("part"), partSize, 3);
        }
    }

    @Test
    default void sweep_whileReading_letsTheReaderFinish() throws IOException {
        long size = 4 << 20;
        put(key("read"), Bodies.pattern(size, 1));

        store().read(key("read"), ReadOptions.ALL, (info, span, body) -> {
            Bodies.verifyNext(body, 0, 10, 1);
            put(key("read"), Bodies.pattern(10, 2));
            maintenance().sweep();
            Bodies.verify(body, 10, size - 10, 1);
            return info;
        });
    }

    @Test
    default void sweep_duringWrites_losesNothing() throws Exception {
        Maintenance maintenance = maintenance();
        List<Callable<Boolean>> racers = new ArrayList<>();
        racers.add(() -> {
            for (int i = 0; i < 50; i++) {
                maintenance.sweep();
            }
            return true;
        });
        for (int i = 0; i < 4; i++) {
            ObjectKey key = key("writer-" + i);
            racers.add(() -> {
                for (int n = 0; n < 25; n++) {
                    put(key, Bodies.pattern(5000 + n, n));
                    verify(key, 5000 + n, n);
                }
                return true;
            });
        }

        assertThat(Race.run(racers)).containsOnly(true);
    }

    private Maintenance maintenance() {
        assumeTrue(storage().maintenance().isPresent(), "the store has no housekeeping");
        return storage().maintenance().orElseThrow();
    }

    /** A body that runs a sweep in its middle and another one at its end. */
    final class Sweeping implements Content {

        private final Maintenance maintenance;
        private final Content content;

        Sweeping(Maintenance maintenance, Content content) {
            this.maintenance = maintenance;
            this.content = content;
        }

        @Override
        public OptionalLong length() {
            return content.length();
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public InputStream open() throws IOException {
            maintenance.sweep();
            return new FilterInputStream(content.open()) {
                private long position;
                private boolean swept;

                @Override
                public int read() throws IOException {
                    return in.read();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = in.read(buffer, offset, length);
                    position += Math.max(count, 0);
                    if (count < 0 || (position > 50_000 && !swept)) {
                        swept = true;
                        maintenance.sweep();
                    }
                    return count;
                }
            };
        }
    }
}
