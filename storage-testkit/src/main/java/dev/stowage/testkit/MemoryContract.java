package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ReadOptions;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Transfers hold few bytes of their bodies in memory, however many run at once. */
interface MemoryContract extends StoreFixture {

    /** The number of transfers at once; a service runs many more. */
    int TRANSFERS = 64;

    /** The size of each body. */
    long TRANSFER_SIZE = 2 << 20;

    /** How much the heap may grow, half of the bytes of all bodies. A test server in the same process has buffers for each of them, too. */
    long MAX_GROWTH = TRANSFERS * TRANSFER_SIZE / 2;

    @Test
    default void read_by64ReadersAtOnce_holdsFewBytesInMemory() throws Exception {
        put(key("read"), Bodies.pattern(TRANSFER_SIZE, 1));
        HeapMeeting meeting = new HeapMeeting(TRANSFERS);
        List<Callable<Boolean>> readers = new ArrayList<>();
        for (int i = 0; i < TRANSFERS; i++) {
            readers.add(() -> store().read(key("read"), ReadOptions.ALL, (info, span, body) -> {
                int first = body.read();
                meeting.arrive();
                return (byte) first == Bodies.at(0, 1);
            }));
        }

        assertThat(Race.run(readers)).containsOnly(true);

        assertThat(meeting.growth())
                .as("growth of the heap while %s readers have read one byte of %s", TRANSFERS, TRANSFER_SIZE)
                .isLessThan(MAX_GROWTH);
    }

    @Test
    default void put_by64WritersAtOnce_holdsFewBytesInMemory() throws Exception {
        HeapMeeting meeting = new HeapMeeting(TRANSFERS);
        List<Callable<ObjectInfo>> writers = new ArrayList<>();
        for (int i = 0; i < TRANSFERS; i++) {
            int writer = i;
            writers.add(() -> put(key("writer-" + writer), new Meeting(meeting)));
        }

        assertThat(Race.run(writers)).allMatch(info -> info.size() == TRANSFER_SIZE);

        assertUnless(
                Quirk.KEEPS_OBJECTS_IN_MEMORY,
                meeting.growth() < MAX_GROWTH,
                "the heap grows by less than %s bytes while %s bodies of %s bytes are received; it grew by %s"
                        .formatted(MAX_GROWTH, TRANSFERS, TRANSFER_SIZE, meeting.growth()));
    }

    /** A body that takes part in a meeting when three quarters of it have been read. */
    final class Meeting implements Content {

        private final HeapMeeting meeting;

        Meeting(HeapMeeting meeting) {
            this.meeting = meeting;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(TRANSFER_SIZE);
        }

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public InputStream open() {
            return new FilterInputStream(Bodies.stream(TRANSFER_SIZE, 1)) {
                private long position;
                private boolean met;

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = in.read(buffer, offset, length);
                    position += Math.max(count, 0);
                    if (!met && position > TRANSFER_SIZE / 4 * 3) {
                        met = true;
                        meeting.arrive();
                    }
                    return count;
                }
            };
        }
    }
}
