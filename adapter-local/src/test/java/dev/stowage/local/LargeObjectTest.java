package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.testkit.Bodies;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An object of more than 4 GiB, which takes little space because it repeats one blob. */
final class LargeObjectTest extends OpenFolder {

    /** No power of two, so that a position that was cut to 31 or 32 bits has another byte. */
    private static final int UNIT = (16 << 20) + 5;

    private static final int REPEATS = 16;
    private static final int GROUPS = 17;
    private static final long SIZE = (long) UNIT * REPEATS * GROUPS;

    private final ObjectKey large = new ObjectKey("large");

    @Test
    void ranges_aroundTheBoundsOfIntegers_haveTheRightBytes_alsoOfACopy() throws IOException {
        store();

        for (long bound : new long[] {1L << 31, 1L << 32}) {
            verify(large, new ByteRange.Slice(bound - 10, bound + 9), bound - 10, 20);
        }
        verify(large, new ByteRange.Slice(0, 9), 0, 10);
        verify(large, new ByteRange.From(SIZE - 7), SIZE - 7, 7);
        verify(large, new ByteRange.Suffix(30), SIZE - 30, 30);
        verify(large, new ByteRange.Slice(SIZE - 5, Long.MAX_VALUE), SIZE - 5, 5);

        ObjectKey copy = new ObjectKey("copy");
        ObjectInfo info = storage.objects().copy(large, copy, CopyOptions.DEFAULT);

        assertThat(info.size()).isEqualTo(SIZE);
        verify(copy, new ByteRange.Slice((1L << 32) - 3, (1L << 32) + 3), (1L << 32) - 3, 7);
    }

    private void store() {
        ObjectKey unit = new ObjectKey("unit");
        ObjectKey group = new ObjectKey("group");
        PutResult stored = storage.objects().put(unit, Bodies.pattern(UNIT, 1), PutOptions.DEFAULT);
        concatenate(unit, REPEATS, group);
        concatenate(group, GROUPS, large);
        assertThat(stored.info().size()).isEqualTo(UNIT);
        assertThat(SIZE).isGreaterThan(1L << 32);
    }

    private void concatenate(ObjectKey source, int times, ObjectKey target) {
        Optional<ObjectInfo> joined = storage.objects()
                .concatenate(Collections.nCopies(times, source), target, ObjectAttributes.DEFAULT, WriteCondition.NONE);
        assertThat(joined).isPresent();
    }

    private void verify(ObjectKey key, ByteRange range, long first, int length) throws IOException {
        byte[] expected = new byte[length];
        for (int i = 0; i < length; i++) {
            expected[i] = Bodies.at((first + i) % UNIT, 1);
        }
        byte[] read = storage.objects().read(key, ReadOptions.of(range), (info, span, body) -> {
            assertThat(info.size()).isEqualTo(SIZE);
            assertThat(span.offset()).isEqualTo(first);
            return body.readAllBytes();
        });
        assertThat(read).as(range.toString()).isEqualTo(expected);
    }
}
