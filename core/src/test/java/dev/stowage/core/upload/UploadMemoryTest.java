package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class UploadMemoryTest {

    private final UploadMemory memory = new UploadMemory(2L * UploadMemory.SEGMENT);

    @Test
    void take_beyondTheBudget_isEmpty() {
        byte[] segment = memory.take().orElseThrow();
        assertThat(memory.take()).isPresent();

        assertThat(memory.take()).isEmpty();

        memory.giveBack(List.of(segment));
        assertThat(memory.take()).containsSame(segment);
    }

    @Test
    void take_whilePartsAreInTransfer_waitsForTheirMemory() {
        byte[] part = memory.take().orElseThrow();
        memory.partBegins();
        assertThat(memory.take()).isPresent();

        CompletableFuture<Void> stored = CompletableFuture.runAsync(() -> memory.giveBack(List.of(part)));

        assertThat(memory.take()).containsSame(part);
        stored.join();
    }

    @Test
    void isSufficient_whileHalfIsFree() {
        assertThat(memory.isSufficient()).isTrue();
        assertThat(memory.take()).isPresent();
        assertThat(memory.isSufficient()).isTrue();
        assertThat(memory.take()).isPresent();
        assertThat(memory.isSufficient()).isFalse();
    }
}
