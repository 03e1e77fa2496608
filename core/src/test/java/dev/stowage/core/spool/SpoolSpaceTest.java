package dev.stowage.core.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.StorageUnavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolSpaceTest {

    private static final int CAPACITY = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void bytes_areReadBack_andNothingIsLeft() throws IOException {
        SpoolSpace space = SpoolSpace.open(folder, CAPACITY);

        try (Spool spool = space.keep(new ByteArrayInputStream(new byte[] {1, 2, 3}), 10)) {
            assertThat(spool.open().readAllBytes()).containsExactly(1, 2, 3);
            assertThat(spool.open().readAllBytes()).containsExactly(1, 2, 3);
            assertThat(spool.length()).hasValue(3);
            assertThat(space.used()).isEqualTo(3);
        }

        assertThat(space.used()).isZero();
        assertThat(files()).isZero();
    }

    @Test
    void allSpools_shareOneBudget_andReleaseIt() {
        SpoolSpace space = SpoolSpace.open(folder, CAPACITY);
        Spool first = space.create();
        first.append(ByteBuffer.allocate(CAPACITY - 10));
        try (Spool second = space.create()) {
            assertThatThrownBy(() -> second.append(ByteBuffer.allocate(11)))
                    .isInstanceOf(StorageUnavailable.class)
                    .hasMessageContaining("used up");
        }

        first.close();
        first.close();

        assertThat(space.used()).isZero();
        try (Spool third = space.create()) {
            third.append(ByteBuffer.allocate(CAPACITY));
            assertThat(third.size()).isEqualTo(CAPACITY);
        }
    }

    @Test
    void minimumFreeSpace_isNotUsed() {
        long[] free = {SpoolSpace.MIN_FREE};
        SpoolSpace space = new SpoolSpace(folder, 1L << 40, () -> free[0]);
        try (Spool spool = space.create()) {
            free[0]--;

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            spool.append(ByteBuffer.allocate(64 << 10));
                        }
                    })
                    .isInstanceOf(StorageUnavailable.class);
            assertThatThrownBy(space::create).isInstanceOf(StorageUnavailable.class);
        }
        assertThat(space.used()).isZero();
    }

    @Test
    void tooLargeBody_isRejected_andLeavesNothing() throws IOException {
        SpoolSpace space = SpoolSpace.open(folder, CAPACITY);

        assertThatThrownBy(() -> space.keep(new ByteArrayInputStream(new byte[11]), 10))
                .isInstanceOf(PayloadTooLarge.class);

        assertThat(space.used()).isZero();
        assertThat(files()).isZero();
    }

    @Test
    void filesOfAnEarlierProcess_areDeleted_andNothingElse() throws IOException {
        Files.writeString(folder.resolve("stowage-spool-1.tmp"), "left");
        Files.writeString(folder.resolve("somebody-elses.tmp"), "kept");

        SpoolSpace.open(folder, CAPACITY);

        assertThat(files()).isEqualTo(1);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
